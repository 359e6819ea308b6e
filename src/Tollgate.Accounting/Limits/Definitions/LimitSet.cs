using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>The limits in a registry at one point in time.</summary>
/// <param name="Version">The registry version.</param>
/// <param name="Limits">The readable limits, by identity.</param>
/// <param name="Problems">The problems of the others.</param>
public sealed record LimitSet(long Version, IReadOnlyList<Limit> Limits, IReadOnlyList<string> Problems)
{
    /// <summary>An empty set.</summary>
    public static readonly LimitSet Empty = new(-1, [], []);

    /// <summary>Creates the set from a snapshot.</summary>
    /// <param name="snapshot">The registry snapshot.</param>
    /// <param name="before">The previous set: an entry that cannot be read keeps its last readable version.</param>
    public static LimitSet FromEntries(RegistrySnapshot snapshot, LimitSet before) =>
        FromEntries(snapshot.Version, snapshot.GetEntries(LimitDefinitions.Kind), before);

    internal static LimitSet FromEntries(long version, IReadOnlyList<RegistryEntry> entries, LimitSet before) =>
        entries.Count == 0 ? new LimitSet(version, [], []) : Read(version, entries, before);

    private static LimitSet Read(long version, IReadOnlyList<RegistryEntry> entries, LimitSet before)
    {
        List<Limit> limits = [];
        List<string> problems = [];
        foreach (var entry in entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            try
            {
                limits.Add(StoredLimit.Read(entry));
            }
            catch (InvalidDataException exception)
            {
                var last = before.Limits.FirstOrDefault(limit => limit.Id == entry.Name);
                if (last is not null)
                    limits.Add(last);
                problems.Add(
                    $"{exception.Message} "
                        + $"{(last is null ? "It is not in force." : "Its last readable version stays in force.")}"
                );
            }
        }

        return new LimitSet(version, limits, problems);
    }
}
