using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The groups by name. A known name is found without creating a string.</summary>
internal sealed class GroupTable
{
    private GroupCounter?[] _slots = new GroupCounter[64];
    private int _count;

    public IEnumerable<GroupCounter> Groups => _slots.OfType<GroupCounter>();

    /// <summary>The group of that name; null if the name is not UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public GroupCounter? Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & (uint)(_slots.Length - 1); ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var group = _slots[slot];
            if (group is null)
                return Utf8.IsValid(name) ? Add(name) : null;
            if (name.SequenceEqual(group.Name))
                return group;
        }
    }

    private GroupCounter Add(ReadOnlySpan<byte> name)
    {
        var group = new GroupCounter(name.ToArray());
        if (++_count * 2 > _slots.Length)
            Grow();
        Place(group);
        return group;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new GroupCounter[old.Length * 2];
        foreach (var group in old)
            if (group is not null)
                Place(group);
    }

    private void Place(GroupCounter group)
    {
        var slot = Hash(group.Name) & (uint)(_slots.Length - 1);
        while (_slots[slot] is not null)
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        _slots[slot] = group;
    }

    /// <summary>
    /// Hashes the length and the eight bytes at each end; names that differ only in the middle are distinguished by
    /// comparison.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong first = 0,
            last = 0;
        if (name.Length >= 8)
            (first, last) = (
                BinaryPrimitives.ReadUInt64LittleEndian(name),
                BinaryPrimitives.ReadUInt64LittleEndian(name[^8..])
            );
        else
            foreach (var value in name)
                first = (first << 8) | value;
        var mixed = (first ^ (last * 0x9E3779B97F4A7C15) ^ (uint)name.Length) * 0xD6E8FEB86659FD93;
        return (uint)(mixed >> 32);
    }
}
