using System.Globalization;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// This opening of the ledger as others see it: an id, and a lock on <c>gates/{id}.lock</c> for as long as it lives.
/// Whose lock can be taken is dead, and its open attempts can be booked.
/// </summary>
internal sealed class GateInstance
{
    private const string Extension = ".lock";

    private readonly FileLock _lock;

    private GateInstance(Guid id, FileLock held) => (Id, _lock) = (id, held);

    public Guid Id { get; }

    public static GateInstance Register(string dataFolder, TimeProvider time)
    {
        PrivateFolder.Create(Folder(dataFolder));
        while (true)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            if (TryTake(dataFolder, id) is { } held) return new(id, held);
            // Someone who looks for the dead was quicker than we between making the file and locking it.
        }
    }

    /// <summary>Takes the lock of another instance; null where that one lives.</summary>
    public static FileLock? TryTake(string dataFolder, Guid id) => FileLock.TryTake(PathOf(dataFolder, id));

    /// <summary>The instances that left a file, living or dead.</summary>
    public static IEnumerable<Guid> Registered(string dataFolder)
    {
        if (!System.IO.Directory.Exists(Folder(dataFolder))) yield break;
        foreach (var path in System.IO.Directory.EnumerateFiles(Folder(dataFolder), "*" + Extension))
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out var id))
                yield return id;
    }

    /// <summary>Ends the instance. The file stays where attempts are open, for whoever opens the ledger next.</summary>
    public void Dispose(bool keepFile)
    {
        if (keepFile) _lock.Dispose();
        else _lock.DisposeAndDelete();
    }

    private static string Folder(string dataFolder) => Path.Combine(dataFolder, "gates");

    private static string PathOf(string dataFolder, Guid id) =>
        Path.Combine(Folder(dataFolder), id.ToString("D", CultureInfo.InvariantCulture) + Extension);
}
