using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>The limits of a directory at one moment.</summary>
/// <param name="Version">The directory's version.</param>
/// <param name="Limits">Those that can be read, by identity.</param>
/// <param name="Problems">What is wrong with the others.</param>
public sealed record LimitSet(long Version, IReadOnlyList<Limit> Limits, IReadOnlyList<string> Problems)
{
    /// <summary>Nothing.</summary>
    public static readonly LimitSet Empty = new(-1, [], []);

    /// <summary>The limits of a snapshot.</summary>
    /// <param name="snapshot">The directory.</param>
    /// <param name="before">What was known before: an entry that cannot be read holds as it was read last.</param>
    public static LimitSet Of(DirectorySnapshot snapshot, LimitSet before) =>
        Of(snapshot.Version, snapshot.Entries(LimitDefinitions.Kind), before);

    internal static LimitSet Of(long version, IReadOnlyList<DirectoryEntry> entries, LimitSet before) =>
        entries.Count == 0 ? new LimitSet(version, [], []) : Read(version, entries, before);

    private static LimitSet Read(long version, IReadOnlyList<DirectoryEntry> entries, LimitSet before)
    {
        List<Limit> limits = [];
        List<string> problems = [];
        foreach (var entry in entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            try
            {
                limits.Add(StoredLimit.Read(entry));
            }
            catch (InvalidDataException fault)
            {
                var last = before.Limits.FirstOrDefault(limit => limit.Id == entry.Name);
                if (last is not null)
                    limits.Add(last);
                problems.Add(
                    $"{fault.Message} {(last is null ? "It does not hold." : "It holds as it was read last.")}"
                );
            }
        }

        return new LimitSet(version, limits, problems);
    }
}
