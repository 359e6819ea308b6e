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
    private readonly Dictionary<BlockKey, RollupSums> _blocks = [];

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

    /// <summary>
    /// Returns the sums by blocks for the slots before a given one; call it after <see cref="SortedKeys"/>.
    /// </summary>
    public Dictionary<BlockKey, RollupSums> GetBlocks(long before)
    {
        _blocks.Clear();
        foreach (var key in _order)
        {
            if (key.Slot >= before)
                break;
            foreach (var dimension in RollupBlocks.Dimensions)
            {
                var name = dimension is { } known ? key.GetName(known) ?? "" : "";
                var block = new BlockKey(RollupBlocks.GetNumber(dimension), 0, key.Slot, name);
                AddTo(block.In(RollupBlocks.GetHours(dimension)[0]), this[key]);
            }
        }

        // Nearly always there is none, and a commit allocates nothing for it.
        if (_blocks.Count > 0)
            AddLongerBlocks();
        return _blocks;
    }

    /// <summary>Each length is made of the one before, of which there are fewer than records.</summary>
    private void AddLongerBlocks()
    {
        foreach (var dimension in RollupBlocks.Dimensions)
        {
            var (number, lengths) = (RollupBlocks.GetNumber(dimension), RollupBlocks.GetHours(dimension));
            for (var i = 1; i < lengths.Count; i++)
                foreach (
                    var (block, sums) in _blocks
                        .Where(one => one.Key.Dimension == number && one.Key.Hours == lengths[i - 1])
                        .ToList()
                )
                    AddTo(block.In(lengths[i]), sums);
        }
    }

    private void AddTo(in BlockKey block, in RollupSums added)
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, block, out _);
        sums += added;
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
