using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// A condition on records. Conditions on <see cref="UsageDimensions.RolledUp"/> are served by rollups; all others read
/// the records.
/// </summary>
public abstract record UsageFilter
{
    private static readonly UsageDimension[] Searched =
    [
        UsageDimension.Model,
        UsageDimension.Provider,
        UsageDimension.Key,
        UsageDimension.User,
        UsageDimension.Project,
        UsageDimension.Application,
        UsageDimension.Session,
        UsageDimension.EndUser,
        UsageDimension.ModelGroup,
        UsageDimension.Deployment,
    ];

    private protected UsageFilter() { }

    /// <summary>True if rollups can serve it.</summary>
    public abstract bool IsRolledUp { get; }

    /// <summary>True if it matches no record at all, so that nothing needs to be read.</summary>
    public virtual bool IsNever => false;

    /// <summary>True if a record matches.</summary>
    public abstract bool Matches(UsageRecord record);

    /// <summary>True if a rollup matches, given its value of each rolled-up dimension; null means none.</summary>
    /// <exception cref="NotSupportedException">The filter is not <see cref="IsRolledUp"/>.</exception>
    public virtual bool Matches(Func<UsageDimension, string?> valueOf) =>
        throw new NotSupportedException($"Rollups cannot be filtered by {GetType().Name}; read the records instead.");

    /// <summary>Matches records with an exact value; null for records that have none.</summary>
    public static UsageFilter Equal(UsageDimension dimension, string? value) => DimensionFilter.In(dimension, [value]);

    /// <summary>
    /// Matches records with a name that contains a text: a model, provider, key, user, project, application, session,
    /// end user, model group or deployment.
    /// </summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static UsageFilter Search(string text) =>
        new AnyFilter([.. Searched.Select(dimension => DimensionFilter.Contains(dimension, text))]);
}
