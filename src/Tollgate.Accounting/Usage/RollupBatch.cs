using System.Runtime.InteropServices;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The rollup changes of one batch, each row once however many of its records are in the batch.</summary>
internal sealed class RollupBatch
{
    private readonly Dictionary<RollupKey, RollupSums> _sums = [];
    private readonly List<RollupKey> _order = [];
    private readonly List<(long Slot, RollupSums Sums)> _slots = [];
    private readonly Dictionary<RollupKey, RollupSums> _days = [];

    public void Add(UsageRecord record)
    {
        var key = RollupKey.FromRecord(record, record.StartedAt.ToMicros());
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out var exists);
        if (!exists)
            _order.Add(key);
        sums.Add(record, record.Duration.ToMicros());
    }

    /// <summary>True if the batch is empty.</summary>
    public bool IsEmpty => _order.Count == 0;

    /// <summary>
    /// Returns the sums by slot alone, for the slots before a given one, in order; call it after
    /// <see cref="SortedKeys"/>.
    /// </summary>
    public List<(long Slot, RollupSums Sums)> GetSlots(long before)
    {
        _slots.Clear();
        foreach (var key in _order)
        {
            if (key.Slot >= before)
                break;
            if (_slots.Count > 0 && _slots[^1].Slot == key.Slot)
                _slots[^1] = (key.Slot, _slots[^1].Sums + this[key]);
            else
                _slots.Add((key.Slot, this[key]));
        }

        return _slots;
    }

    /// <summary>
    /// Returns the sums by day for the slots before a given one, the key's slot being the start of the day; call it
    /// after <see cref="SortedKeys"/>.
    /// </summary>
    public Dictionary<RollupKey, RollupSums> GetDays(long before)
    {
        _days.Clear();
        foreach (var key in _order)
        {
            if (key.Slot >= before)
                break;
            ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _days,
                key with
                {
                    Slot = RollupKey.FloorToDay(key.Slot),
                },
                out _
            );
            sums += this[key];
        }

        return _days;
    }

    /// <summary>Returns the keys in the order in which they must be written.</summary>
    public List<RollupKey> SortedKeys()
    {
        _order.Sort();
        return _order;
    }

    public ref readonly RollupSums this[in RollupKey key] => ref CollectionsMarshal.GetValueRefOrNullRef(_sums, key);

    public void Clear()
    {
        _sums.Clear();
        _order.Clear();
    }
}
