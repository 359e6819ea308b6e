using System.Globalization;
using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// This opening of the ledger as others see it: an id, a lock on <c>gates/{id}.lock</c> for as long as it lives, and
/// what it has under way in <c>gates/{id}.open</c>. Whose lock can be taken is dead, and its open attempts can be
/// booked.
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

    /// <summary>What this instance has under way.</summary>
    public OpenJournal Journal { get; }

    public static GateInstance Register(string dataFolder, TimeProvider time)
    {
        PrivateFolder.Create(Folder(dataFolder));
        while (true)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            if (TryTake(dataFolder, id) is { } held)
                return new(dataFolder, id, held, OpenJournal.Create(PathOf(dataFolder, id, OpenExtension)));
            // Someone who looks for the dead was quicker than we between making the file and locking it.
        }
    }

    /// <summary>Takes the lock of another instance; null where that one lives.</summary>
    public static FileLock? TryTake(string dataFolder, Guid id) =>
        FileLock.TryTake(PathOf(dataFolder, id, LockExtension));

    /// <summary>The instances that left a file, living or dead.</summary>
    public static IEnumerable<Guid> Registered(string dataFolder)
    {
        if (!System.IO.Directory.Exists(Folder(dataFolder)))
            yield break;
        foreach (var path in System.IO.Directory.EnumerateFiles(Folder(dataFolder), "*" + LockExtension))
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out var id))
                yield return id;
    }

    /// <summary>The attempts of all instances, living or dead.</summary>
    public static IEnumerable<OpenAttempt> OpenAttempts(string dataFolder) =>
        Registered(dataFolder).SelectMany(id => OpenAttempts(dataFolder, id));

    /// <summary>The attempts of one instance.</summary>
    public static IReadOnlyList<OpenAttempt> OpenAttempts(string dataFolder, Guid id) =>
        OpenJournal.Read(PathOf(dataFolder, id, OpenExtension));

    /// <summary>
    /// The dead of whom nothing is open: all that they spent was booked. Their lock files are left for
    /// <see cref="Remove"/>.
    /// </summary>
    public static List<Guid> DeadWithNothingOpen(string dataFolder)
    {
        var dead = new List<Guid>();
        foreach (var id in Registered(dataFolder).ToList())
        {
            // Whoever has something open is not even touched: a recovery must find its lock free.
            if (File.Exists(PathOf(dataFolder, id, OpenExtension)))
                continue;
            using var held = TryTake(dataFolder, id);
            if (held is not null && !File.Exists(PathOf(dataFolder, id, OpenExtension)))
                dead.Add(id);
        }

        return dead;
    }

    /// <summary>Removes the attempts of a dead instance, once they are booked and while its lock is held.</summary>
    public static void RemoveOpenAttempts(string dataFolder, Guid id) =>
        File.Delete(PathOf(dataFolder, id, OpenExtension));

    /// <summary>Removes what a dead instance left, while its lock is held.</summary>
    public static void Remove(string dataFolder, Guid id, FileLock held)
    {
        RemoveOpenAttempts(dataFolder, id);
        held.DisposeAndDelete();
    }

    /// <summary>Ends the instance. Its files stay where attempts are open, for whoever opens the ledger next.</summary>
    /// <param name="leaveLock">Whether the lock file stays in any case, because grants of limits are still to be given
    /// back.</param>
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
