namespace Tollgate.Accounting.Stores;

/// <summary>One record of the directory.</summary>
/// <param name="Kind">What it is, such as <c>key</c> or <c>user</c>.</param>
/// <param name="Name">Its name, of which there is one in its kind; compared by its exact characters.</param>
/// <param name="Value">JSON text.</param>
/// <param name="Revision">The directory's version after its last change; an entry that was deleted and made again has
/// another.</param>
/// <param name="ChangedAt">When it was last changed, by the clock of who changed it, to the microsecond.</param>
public sealed record DirectoryEntry(string Kind, string Name, string Value, long Revision, DateTimeOffset ChangedAt);

/// <summary>Entries at one moment.</summary>
/// <param name="Version">The number of changes that led here.</param>
/// <param name="Entries">The entries, in no order.</param>
public sealed record DirectoryContents(long Version, IReadOnlyList<DirectoryEntry> Entries);

/// <summary>What is to become of one entry.</summary>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Value">Its new value, JSON text; null to delete it.</param>
/// <param name="Expected">The revision that it must have, 0 where it must not exist; null for whatever it is.</param>
public sealed record DirectoryChange(string Kind, string Name, string? Value, long? Expected)
{
    /// <summary>Makes the entry, or gives it a new value.</summary>
    public static DirectoryChange Put(string kind, string name, string value, long? expected = null) =>
        new(kind, name, value, expected);

    /// <summary>Removes the entry; nothing happens where there is none and none is expected.</summary>
    public static DirectoryChange Delete(string kind, string name, long? expected = null) =>
        new(kind, name, null, expected);
}

/// <summary>What became of changes: all of them were made, or none.</summary>
/// <param name="Version">The directory's version after it.</param>
/// <param name="Conflict">The first change whose entry was not as expected; null where all were made.</param>
public readonly record struct DirectoryOutcome(long Version, DirectoryConflict? Conflict)
{
    /// <summary>Whether all changes were made.</summary>
    public bool IsDone => Conflict is null;
}

/// <summary>An entry that somebody else has changed.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Expected">The revision that was expected; 0 is none.</param>
/// <param name="Found">The revision that it has; 0 where there is no such entry.</param>
public sealed record DirectoryConflict(string Kind, string Name, long Expected, long Found);
