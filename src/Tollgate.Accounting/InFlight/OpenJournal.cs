using System.Collections.Concurrent;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// The attempts that one gate has under way, each in a slot of a mapped file of its own. Writing a slot is writing to
/// memory that outlives the process, which is what an open attempt must; no caller waits for another, for the kernel or
/// for a disk.
/// </summary>
/// <remarks>
/// A slot is emptied after its record is committed. Between the two an identity stands in both places; recovery books
/// it again, which changes nothing, because an identity is booked once.
/// </remarks>
internal sealed class OpenJournal : IDisposable
{
    private readonly string _path;
    private readonly Stack<int> _free = new();
    private readonly Lock _lock = new();
    private ConcurrentDictionary<CallId, int>? _open; // Most openings of a ledger have no attempt.
    private SlotSegment[] _segments = [];
    private int _slots;

    private OpenJournal(string path) => _path = path;

    /// <summary>Attempts under way.</summary>
    public int Count => _open?.Count ?? 0;

    /// <summary>
    /// An empty journal; its file is made with the first attempt, since many openings of a ledger have none.
    /// </summary>
    public static OpenJournal Create(string path)
    {
        File.Delete(path);
        return new OpenJournal(path);
    }

    /// <summary>Puts an attempt on record. An identity that is on record already stays as it was.</summary>
    /// <exception cref="LedgerUnavailableException">There is no room for more slots.</exception>
    public void Open(OpenAttempt attempt)
    {
        var slot = Rent();
        var open = LazyInitializer.EnsureInitialized(ref _open);
        if (!open.TryAdd(attempt.Id, slot))
        {
            Return(slot);
            return;
        }

        try
        {
            OpenSlot.Write(attempt, SlotAt(slot));
        }
        catch
        {
            open.TryRemove(attempt.Id, out _);
            Return(slot);
            throw;
        }
    }

    /// <summary>Empties the slot of an attempt that is booked; does nothing where it was never opened.</summary>
    public void Close(CallId id)
    {
        if (_open is not { } open || !open.TryRemove(id, out var slot))
            return;
        OpenSlot.Clear(SlotAt(slot));
        Return(slot);
    }

    /// <summary>
    /// The attempts in a journal, of a living gate or a dead one. A slot that was being written is none.
    /// </summary>
    public static IReadOnlyList<OpenAttempt> Read(string path)
    {
        var attempts = new List<OpenAttempt>();
        if (!File.Exists(path))
            return attempts;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[OpenSlot.Size];
        for (long offset = 0; RandomAccess.Read(file, bytes, offset) is var length and > 0; offset += OpenSlot.Size)
            if (OpenSlot.TryRead(bytes.AsSpan(0, length), out var attempt))
                attempts.Add(attempt);
        return attempts;
    }

    public void Dispose()
    {
        foreach (var segment in _segments)
            segment.Dispose();
    }

    private Span<byte> SlotAt(int slot) =>
        Volatile.Read(ref _segments)[slot / SlotSegment.Slots].Slot(slot % SlotSegment.Slots);

    /// <summary>The slot emptied last, whose page is in the caches; a new one only where all are in use.</summary>
    private int Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var slot))
                return slot;
            if (_slots == _segments.Length * SlotSegment.Slots)
                Grow();
            return _slots++;
        }
    }

    private void Grow()
    {
        try
        {
            Volatile.Write(ref _segments, [.. _segments, SlotSegment.Append(_path, _segments.Length)]);
        }
        catch (IOException failure)
        {
            throw new LedgerUnavailableException(
                $"{_slots} attempts are under way, and '{_path}' has no room for more: {failure.Message}",
                failure
            );
        }
    }

    private void Return(int slot)
    {
        lock (_lock)
            _free.Push(slot);
    }
}
