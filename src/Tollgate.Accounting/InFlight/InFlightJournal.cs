using System.Collections.Concurrent;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// The attempts in flight of one gateway, each in a slot of a memory-mapped file. Writing a slot writes to memory that
/// survives a crash of the process, as an attempt in flight must; no caller waits for another, for the kernel or for a
/// disk.
/// </summary>
/// <remarks>
/// A slot is cleared after its record is committed. In between, an identity is in both places; recovery then records it
/// again, which changes nothing, because an identity is recorded once.
/// </remarks>
internal sealed class InFlightJournal : IDisposable
{
    private readonly string _path;
    private readonly Stack<int> _free = new();
    private readonly Lock _lock = new();
    private ConcurrentDictionary<CallId, int>? _slotsByCall; // Most ledger instances have no attempt.
    private SlotSegment[] _segments = [];
    private int _slotCount;

    private InFlightJournal(string path) => _path = path;

    /// <summary>The number of attempts in flight.</summary>
    public int Count => _slotsByCall?.Count ?? 0;

    /// <summary>
    /// Creates an empty journal; its file is created with the first attempt, since many ledger instances have none.
    /// </summary>
    public static InFlightJournal Create(string path)
    {
        File.Delete(path);
        return new InFlightJournal(path);
    }

    /// <summary>Stores an attempt. An identity that is already stored stays as it was.</summary>
    /// <exception cref="LedgerUnavailableException">There is no disk space for more slots.</exception>
    public void Add(InFlightAttempt attempt)
    {
        var slot = Rent();
        var open = LazyInitializer.EnsureInitialized(ref _slotsByCall);
        if (!open.TryAdd(attempt.Id, slot))
        {
            Return(slot);
            return;
        }

        try
        {
            JournalSlot.Write(attempt, SlotAt(slot));
        }
        catch
        {
            open.TryRemove(attempt.Id, out _);
            Return(slot);
            throw;
        }
    }

    /// <summary>Clears the slot of a recorded attempt; does nothing if there is none.</summary>
    public void Remove(CallId id)
    {
        if (_slotsByCall is not { } open || !open.TryRemove(id, out var slot))
            return;
        JournalSlot.Clear(SlotAt(slot));
        Return(slot);
    }

    /// <summary>
    /// Reads the attempts in a journal, of a running or a dead gateway. A partially written slot is skipped.
    /// </summary>
    public static IReadOnlyList<InFlightAttempt> Read(string path)
    {
        var attempts = new List<InFlightAttempt>();
        if (!File.Exists(path))
            return attempts;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[JournalSlot.Size];
        for (long offset = 0; RandomAccess.Read(file, bytes, offset) is var length and > 0; offset += JournalSlot.Size)
            if (JournalSlot.TryRead(bytes.AsSpan(0, length), out var attempt))
                attempts.Add(attempt);
        return attempts;
    }

    public void Dispose()
    {
        foreach (var segment in _segments)
            segment.Dispose();
    }

    private Span<byte> SlotAt(int slot) =>
        Volatile.Read(ref _segments)[slot / SlotSegment.SlotsPerSegment].GetSlot(slot % SlotSegment.SlotsPerSegment);

    /// <summary>
    /// Returns the slot that was cleared last, whose page is in the caches; a new one only if all are in use.
    /// </summary>
    private int Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var slot))
                return slot;
            if (_slotCount == _segments.Length * SlotSegment.SlotsPerSegment)
                Grow();
            return _slotCount++;
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
                $"{_slotCount} attempts are in flight, and there is no disk space for more in '{_path}': "
                    + $"{failure.Message}",
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
