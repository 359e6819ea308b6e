using System.Globalization;
using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// This ledger instance as seen by others: an id, a lock on <c>gates/{id}.lock</c> for its lifetime, and its attempts
/// in flight in <c>gates/{id}.open</c>. An instance whose lock can be taken is dead, and its attempts in flight can be
/// recorded.
/// </summary>
internal sealed class GateInstance
{
    private const string LockExtension = ".lock";
    private const string OpenExtension = ".open";

    private readonly string _dataFolder;
    private readonly FileLock _lock;

    private GateInstance(string dataFolder, Guid id, FileLock held, OpenJournal journal) =>
        (_dataFolder, Id, _lock, Journal) = (dataFolder, id, held, journal);

    public Guid Id { get; }

    /// <summary>The attempts in flight of this instance.</summary>
    public OpenJournal Journal { get; }

    public static GateInstance Register(string dataFolder, TimeProvider time)
    {
        PrivateFolder.Create(Folder(dataFolder));
        while (true)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            if (TryTake(dataFolder, id) is { } held)
                return new(dataFolder, id, held, OpenJournal.Create(PathOf(dataFolder, id, OpenExtension)));
            // Another process that looked for dead instances was faster, between the creation of the file and the lock.
        }
    }

    /// <summary>Takes the lock of another instance; returns null if that one is alive.</summary>
    public static FileLock? TryTake(string dataFolder, Guid id) =>
        FileLock.TryTake(PathOf(dataFolder, id, LockExtension));

    /// <summary>Returns the instances that have a file, alive or dead.</summary>
    public static IEnumerable<Guid> Registered(string dataFolder)
    {
        if (!System.IO.Directory.Exists(Folder(dataFolder)))
            yield break;
        foreach (var path in System.IO.Directory.EnumerateFiles(Folder(dataFolder), "*" + LockExtension))
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out var id))
                yield return id;
    }

    /// <summary>Returns the attempts of all instances, alive or dead.</summary>
    public static IEnumerable<OpenAttempt> OpenAttempts(string dataFolder) =>
        Registered(dataFolder).SelectMany(id => OpenAttempts(dataFolder, id));

    /// <summary>Returns the attempts of one instance.</summary>
    public static IReadOnlyList<OpenAttempt> OpenAttempts(string dataFolder, Guid id) =>
        OpenJournal.Read(PathOf(dataFolder, id, OpenExtension));

    /// <summary>
    /// Stale instances with no attempts in flight; everything they spent is recorded. Their lock files are left for
    /// <see cref="Remove"/>.
    /// </summary>
    public static List<Guid> DeadWithNothingOpen(string dataFolder)
    {
        var dead = new List<Guid>();
        foreach (var id in Registered(dataFolder).ToList())
        {
            // Instances with attempts in flight are not touched at all: a recovery must find their lock free.
            if (File.Exists(PathOf(dataFolder, id, OpenExtension)))
                continue;
            using var held = TryTake(dataFolder, id);
            if (held is not null && !File.Exists(PathOf(dataFolder, id, OpenExtension)))
                dead.Add(id);
        }

        return dead;
    }

    /// <summary>Removes the attempts of a dead instance, after they are recorded and while its lock is held.</summary>
    public static void RemoveOpenAttempts(string dataFolder, Guid id) =>
        File.Delete(PathOf(dataFolder, id, OpenExtension));

    /// <summary>Removes the files of a dead instance, while its lock is held.</summary>
    public static void Remove(string dataFolder, Guid id, FileLock held)
    {
        RemoveOpenAttempts(dataFolder, id);
        held.DisposeAndDelete();
    }

    /// <summary>
    /// Ends the instance. Its files stay if attempts are in flight, for the next process that opens the ledger.
    /// </summary>
    /// <param name="leaveLock">Whether the lock file stays in any case, because quota leases must still be
    /// returned.</param>
    public void Dispose(bool leaveLock = false)
    {
        Journal.Dispose();
        if (Journal.Count > 0 || leaveLock)
            _lock.Dispose();
        else
            Remove(_dataFolder, Id, _lock);
    }

    private static string Folder(string dataFolder) => Path.Combine(dataFolder, "gates");

    private static string PathOf(string dataFolder, Guid id, string extension) =>
        Path.Combine(Folder(dataFolder), id.ToString("D", CultureInfo.InvariantCulture) + extension);
}
