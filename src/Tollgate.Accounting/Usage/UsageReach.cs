using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// The usage that a caller may see: everything, or that of some keys, users and projects together. It becomes a
/// condition of every query, so the database itself leaves out the rest.
/// </summary>
public sealed class UsageReach
{
    /// <summary>All usage.</summary>
    public static readonly UsageReach Everything = new(null);

    /// <summary>No usage.</summary>
    public static readonly UsageReach Nothing = Limited([], [], []);

    private readonly UsageFilter? _filter;

    private UsageReach(UsageFilter? filter) => _filter = filter;

    /// <summary>True if it does not leave out anything.</summary>
    public bool IsEverything => _filter is null;

    /// <summary>
    /// Limits a caller to usage by one of these keys, by one of these users, or for one of these projects. Usage
    /// without a key, user or project is not included.
    /// </summary>
    /// <param name="keys">The ids of keys.</param>
    /// <param name="users">The names of users.</param>
    /// <param name="projects">The names of projects.</param>
    public static UsageReach Limited(
        IReadOnlyCollection<string> keys,
        IReadOnlyCollection<string> users,
        IReadOnlyCollection<string> projects
    )
    {
        (UsageDimension Dimension, IReadOnlyCollection<string> Names)[] sets =
        [
            (UsageDimension.Key, keys),
            (UsageDimension.User, users),
            (UsageDimension.Project, projects),
        ];
        return new UsageReach(
            new AnyFilter([
                .. sets.Where(static set => set.Names.Count > 0)
                    .Select(static set => DimensionFilter.In(set.Dimension, set.Names.OfType<string>())),
            ])
        );
    }

    /// <summary>Returns filters that no record outside the reach matches.</summary>
    public IReadOnlyList<UsageFilter> Restrict(IReadOnlyList<UsageFilter> filters) =>
        _filter is null ? filters : [.. filters, _filter];

    /// <summary>True if a record is within the reach.</summary>
    public bool Includes(UsageRecord record) => Includes(record.Attribution);

    /// <summary>True if usage with this attribution is within the reach.</summary>
    public bool Includes(Attribution attribution) =>
        _filter?.Matches(dimension =>
            dimension switch
            {
                UsageDimension.Key => attribution.KeyId,
                UsageDimension.User => attribution.User,
                _ => attribution.Project,
            }
        ) != false;
}
