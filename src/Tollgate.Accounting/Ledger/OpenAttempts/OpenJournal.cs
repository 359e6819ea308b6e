using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.OpenAttempts;

/// <summary>
/// The attempts that one gate has under way, each in a slot of a file of its own. A slot is written on the caller's
/// thread, by one write into the system's page cache: that outlives the process, which is what an open attempt must, and
/// no caller waits for another or for a disk.
/// </summary>
/// <remarks>
/// A slot is emptied after its record is committed. Between the two an identity stands in both places; recovery books it
/// again, which changes nothing, because an identity is booked once.
/// </remarks>
internal sealed class OpenJournal : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly ConcurrentDictionary<CallId, int> _open = new();
    private readonly Stack<int> _free = new();
    private readonly Lock _lock = new();
    private int _slots;

    private OpenJournal(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    /// <summary>Attempts under way.</summary>
    public int Count => _open.Count;

    public static OpenJournal Create(string path) =>
        new(path, File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Puts an attempt on record. An identity that is on record already stays as it was.</summary>
    /// <exception cref="LedgerUnavailableException">The file cannot be written.</exception>
    public void Open(OpenAttempt attempt)
    {
        var slot = Rent();
        if (!_open.TryAdd(attempt.Id, slot))
        {
            Return(slot);
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(OpenSlot.Size);
        try
        {
            RandomAccess.Write(_file, bytes.AsSpan(0, OpenSlot.Write(attempt, bytes)), OffsetOf(slot));
        }
        catch (Exception failure)
        {
            _open.TryRemove(attempt.Id, out _);
            Return(slot);
            if (failure is not (IOException or UnauthorizedAccessException)) throw;
            throw new LedgerUnavailableException($"The attempt {attempt.Id} cannot be put on record in '{_path}': {failure.Message}", failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Empties the slot of an attempt that is booked; does nothing where it was never opened.</summary>
    public void Close(CallId id)
    {
        if (!_open.TryRemove(id, out var slot)) return;
        try
        {
            RandomAccess.Write(_file, OpenSlot.Empty, OffsetOf(slot));
        }
        catch (IOException)
        {
            // The slot's next attempt overwrites it; until then a recovery would book an identity that is booked.
        }

        Return(slot);
    }

    /// <summary>The attempts in a journal, of a living gate or a dead one. A slot that was being written is none.</summary>
    public static IReadOnlyList<OpenAttempt> Read(string path)
    {
        var attempts = new List<OpenAttempt>();
        if (!File.Exists(path)) return attempts;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[OpenSlot.Size];
        for (long offset = 0; RandomAccess.Read(file, bytes, offset) is var length and > 0; offset += OpenSlot.Size)
            if (OpenSlot.TryRead(bytes.AsSpan(0, length), out var attempt))
                attempts.Add(attempt);
        return attempts;
    }

    public void Dispose() => _file.Dispose();

    private static long OffsetOf(int slot) => (long)slot * OpenSlot.Size;

    /// <summary>The slot emptied last: its page is in the caches.</summary>
    private int Rent()
    {
        lock (_lock) return _free.TryPop(out var slot) ? slot : _slots++;
    }

    private void Return(int slot)
    {
        lock (_lock) _free.Push(slot);
    }
}
