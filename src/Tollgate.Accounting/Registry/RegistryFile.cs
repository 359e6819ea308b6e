using System.Text.Json;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A registry snapshot saved in a file.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="ConfirmedAt">When it was last confirmed to be current.</param>
/// <param name="Version">The number of changes up to this version.</param>
/// <param name="AnyKeyEverExisted">True if any key was ever created.</param>
/// <param name="Entries">All entries.</param>
internal sealed record SavedRegistry(
    string Place,
    DateTimeOffset ConfirmedAt,
    long Version,
    bool AnyKeyEverExisted,
    IReadOnlyList<RegistryEntry> Entries
);

/// <summary>
/// The last registry snapshot read from a server, kept in the data folder for a gateway that starts while the server is
/// unavailable. The file is readable by its owner only and is replaced as a whole.
/// </summary>
internal sealed class RegistryFile(LedgerOptions options, string place)
{
    public const string FileName = "registry.snapshot";

    /// <summary>
    /// The name in earlier versions. Such a file is read if there is no other, and removed by a save.
    /// </summary>
    private const string FormerFileName = "directory.snapshot";

    /// <summary>
    /// How often an unchanged registry is confirmed in the file. The file may therefore look up to this much older than
    /// it is.
    /// </summary>
    private static readonly TimeSpan ConfirmInterval = TimeSpan.FromSeconds(30);

    private readonly string _path = Path.Combine(options.StateFolder, FileName);
    private readonly string _formerPath = Path.Combine(options.StateFolder, FormerFileName);
    private readonly string _temporaryPath = Path.Combine(options.StateFolder, $"{FileName}.{Guid.CreateVersion7():N}");
    private RegistrySnapshot? _saved;
    private DateTimeOffset _savedAt;

    /// <summary>
    /// The saved snapshot of this registry and when it was last confirmed; null if there is none or it belongs to
    /// another registry.
    /// </summary>
    public (RegistrySnapshot Snapshot, DateTimeOffset ConfirmedAt)? Load()
    {
        try
        {
            var path = File.Exists(_path) ? _path : _formerPath;
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(path), RegistryJson.Default.SavedRegistry);
            return saved is { Entries: not null } && saved.Place == place
                ? (
                    new RegistrySnapshot(new RegistryContents(saved.Version, saved.Entries), saved.AnyKeyEverExisted),
                    saved.ConfirmedAt
                )
                : null;
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidDataException
                        or FormatException
            )
        {
            return null; // Treated as if it had never been written.
        }
    }

    /// <summary>
    /// Saves a registry snapshot that was current at a given time.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Save(RegistrySnapshot snapshot, DateTimeOffset confirmedAt)
    {
        if (ReferenceEquals(snapshot, _saved) && confirmedAt - _savedAt < ConfirmInterval)
            return;
        Write(
            new SavedRegistry(
                place,
                confirmedAt,
                snapshot.Version,
                snapshot.Keys.AnyKeyEverExisted,
                snapshot.ToContents().Entries
            )
        );
        (_saved, _savedAt) = (snapshot, confirmedAt);
    }

    private void Write(SavedRegistry registry)
    {
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(_temporaryPath, create))
        {
            JsonSerializer.Serialize(file, registry, RegistryJson.Default.SavedRegistry);
            file.Flush(flushToDisk: true);
        }

        File.Move(_temporaryPath, _path, overwrite: true);
        File.Delete(_formerPath);
    }
}
