using System.Globalization;
using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// This ledger instance as seen by others: an id, a lock on <c>gateways/{id}.lock</c> for its lifetime, and its
/// attempts in flight in <c>gateways/{id}.open</c>. An instance whose lock can be taken is dead, and its attempts in
/// flight can be recorded.
/// </summary>
internal sealed class GatewayInstance
{
    private const string LockExtension = ".lock";
    private const string JournalExtension = ".open";

    private readonly string _dataFolder;
    private readonly FileLock _lock;

    private GatewayInstance(string dataFolder, Guid id, FileLock held, InFlightJournal journal) =>
        (_dataFolder, Id, _lock, Journal) = (dataFolder, id, held, journal);

    public Guid Id { get; }

    /// <summary>The attempts in flight of this instance.</summary>
    public InFlightJournal Journal { get; }

    public static GatewayInstance Register(string dataFolder, TimeProvider time)
    {
        GatewayFolder.Create(dataFolder);
        while (true)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            if (TryTake(dataFolder, id) is { } held)
                return new(dataFolder, id, held, InFlightJournal.Create(GetPath(dataFolder, id, JournalExtension)));
            // Another process that looked for dead instances was faster, between the creation of the file and the lock.
        }
    }

    /// <summary>Takes the lock of another instance; returns null if that one is alive.</summary>
    public static FileLock? TryTake(string dataFolder, Guid id) =>
        FileLock.TryTake(GetPath(dataFolder, id, LockExtension));

    /// <summary>Returns the instances that have a file, alive or dead.</summary>
    public static IEnumerable<Guid> FindRegistered(string dataFolder)
    {
        var folder = GatewayFolder.GetPath(dataFolder);
        if (!System.IO.Directory.Exists(folder))
            yield break;
        foreach (var path in System.IO.Directory.EnumerateFiles(folder, "*" + LockExtension))
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out var id))
                yield return id;
    }

    /// <summary>Returns the attempts of all instances, alive or dead.</summary>
    public static IEnumerable<InFlightAttempt> ReadInFlightAttempts(string dataFolder) =>
        FindRegistered(dataFolder).SelectMany(id => ReadInFlightAttempts(dataFolder, id));

    /// <summary>Returns the attempts of one instance.</summary>
    public static IReadOnlyList<InFlightAttempt> ReadInFlightAttempts(string dataFolder, Guid id) =>
        InFlightJournal.Read(GetPath(dataFolder, id, JournalExtension));

    /// <summary>
    /// Stale instances with no attempts in flight; everything they spent is recorded. Their lock files are left for
    /// <see cref="Remove"/>.
    /// </summary>
    public static List<Guid> FindStaleWithNothingInFlight(string dataFolder)
    {
        var dead = new List<Guid>();
        foreach (var id in FindRegistered(dataFolder).ToList())
        {
            // Instances with attempts in flight are not touched at all: a recovery must find their lock free.
            if (File.Exists(GetPath(dataFolder, id, JournalExtension)))
                continue;
            using var held = TryTake(dataFolder, id);
            if (held is not null && !File.Exists(GetPath(dataFolder, id, JournalExtension)))
                dead.Add(id);
        }

        return dead;
    }

    /// <summary>Removes the attempts of a dead instance, after they are recorded and while its lock is held.</summary>
    public static void RemoveJournal(string dataFolder, Guid id) =>
        File.Delete(GetPath(dataFolder, id, JournalExtension));

    /// <summary>Removes the files of a dead instance, while its lock is held.</summary>
    public static void Remove(string dataFolder, Guid id, FileLock held)
    {
        RemoveJournal(dataFolder, id);
        held.DisposeAndDelete();
    }

    /// <summary>
    /// Ends the instance. Its files stay if attempts are in flight, for the next process that opens the ledger.
    /// </summary>
    /// <param name="leaveLock">True if the lock file stays in any case, because quota leases must still be
    /// returned.</param>
    public void Dispose(bool leaveLock = false)
    {
        Journal.Dispose();
        if (Journal.Count > 0 || leaveLock)
            _lock.Dispose();
        else
            Remove(_dataFolder, Id, _lock);
    }

    private static string GetPath(string dataFolder, Guid id, string extension) =>
        Path.Combine(GatewayFolder.GetPath(dataFolder), id.ToString("D", CultureInfo.InvariantCulture) + extension);
}
