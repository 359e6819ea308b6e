namespace Tollgate.Accounting.Stores;

/// <summary>One record in the registry.</summary>
/// <param name="Kind">The kind of entry, such as <c>key</c> or <c>user</c>.</param>
/// <param name="Name">The name, unique within its kind; compared by its exact characters.</param>
/// <param name="Value">JSON text.</param>
/// <param name="Revision">The registry version of its last change; an entry that was deleted and created again has
/// another.</param>
/// <param name="ChangedAt">When it was last changed, by the clock of the process that changed it, to the
/// microsecond.</param>
public sealed record RegistryEntry(string Kind, string Name, string Value, long Revision, DateTimeOffset ChangedAt);

/// <summary>Entries at one point in time.</summary>
/// <param name="Version">The number of changes up to this version.</param>
/// <param name="Entries">The entries, in no particular order.</param>
public sealed record RegistryContents(long Version, IReadOnlyList<RegistryEntry> Entries);

/// <summary>A change to one entry.</summary>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Value">Its new value, JSON text; null to delete it.</param>
/// <param name="Expected">The revision that it must have, 0 if it must not exist; null accepts any.</param>
public sealed record RegistryChange(string Kind, string Name, string? Value, long? Expected)
{
    /// <summary>Creates the entry or replaces its value.</summary>
    public static RegistryChange Put(string kind, string name, string value, long? expected = null) =>
        new(kind, name, value, expected);

    /// <summary>Removes the entry; does nothing if there is none and none is expected.</summary>
    public static RegistryChange Delete(string kind, string name, long? expected = null) =>
        new(kind, name, null, expected);
}

/// <summary>The outcome of changes: all of them were applied, or none.</summary>
/// <param name="Version">The registry version afterwards.</param>
/// <param name="Conflict">The first change whose entry was not as expected; null if all were applied.</param>
public readonly record struct RegistryOutcome(long Version, RegistryConflict? Conflict)
{
    /// <summary>True if all changes were applied.</summary>
    public bool IsApplied => Conflict is null;
}

/// <summary>An entry that another process has changed.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Expected">The revision that was expected; 0 for none.</param>
/// <param name="Found">The revision that was found; 0 if there is no such entry.</param>
public sealed record RegistryConflict(string Kind, string Name, long Expected, long Found);
