using System.Text.Json;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A directory that was kept in a file.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="ConfirmedAt">When it was last known to be current.</param>
/// <param name="Version">The number of changes that led here.</param>
/// <param name="AnyKeyEverExisted">Whether any key was ever made.</param>
/// <param name="Entries">All entries.</param>
internal sealed record SavedDirectory(
    string Place,
    DateTimeOffset ConfirmedAt,
    long Version,
    bool AnyKeyEverExisted,
    IReadOnlyList<DirectoryEntry> Entries
);

/// <summary>
/// The last directory that a server gave, in the data folder, for a gate that starts while the server is away. Its
/// owner alone may read it, and it is replaced as a whole.
/// </summary>
internal sealed class DirectoryFile(LedgerOptions options, string place)
{
    public const string FileName = "directory.snapshot";

    /// <summary>
    /// An unchanged directory is confirmed in the file no more often, so a file may look up to this much older than it
    /// is.
    /// </summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private readonly string _path = Path.Combine(options.StateFolder, FileName);
    private readonly string _fresh = Path.Combine(options.StateFolder, $"{FileName}.{Guid.CreateVersion7():N}");
    private DirectorySnapshot? _saved;
    private DateTimeOffset _savedAt;

    /// <summary>
    /// What was kept of this directory, and when it was last confirmed; null where there is nothing, or of another one.
    /// </summary>
    public (DirectorySnapshot Snapshot, DateTimeOffset ConfirmedAt)? Load()
    {
        try
        {
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(_path), DirectoryJson.Default.SavedDirectory);
            return saved is { Entries: not null } && saved.Place == place
                ? (
                    new DirectorySnapshot(new DirectoryContents(saved.Version, saved.Entries), saved.AnyKeyEverExisted),
                    saved.ConfirmedAt
                )
                : null;
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidDataException
                        or FormatException
            )
        {
            return null; // As if it had never been written.
        }
    }

    /// <summary>Keeps a directory that was current at a moment; says what went wrong, null where nothing did.</summary>
    public string? Save(DirectorySnapshot snapshot, DateTimeOffset confirmedAt)
    {
        if (ReferenceEquals(snapshot, _saved) && confirmedAt - _savedAt < Renewal)
            return null;
        try
        {
            Write(
                new SavedDirectory(
                    place,
                    confirmedAt,
                    snapshot.Version,
                    snapshot.Keys.AnyKeyEverExisted,
                    snapshot.Contents().Entries
                )
            );
            (_saved, _savedAt) = (snapshot, confirmedAt);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"The directory cannot be kept in '{_path}': {fault.Message}";
        }
    }

    private void Write(SavedDirectory directory)
    {
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(_fresh, create))
        {
            JsonSerializer.Serialize(file, directory, DirectoryJson.Default.SavedDirectory);
            file.Flush(flushToDisk: true);
        }

        File.Move(_fresh, _path, overwrite: true);
    }
}
