using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>A dimension by which usage can be grouped and filtered.</summary>
public enum UsageDimension
{
    /// <summary>The model requested from the provider.</summary>
    Model,

    /// <summary>The provider.</summary>
    Provider,

    /// <summary>The id of the virtual key.</summary>
    Key,

    /// <summary>The user.</summary>
    User,

    /// <summary>The project.</summary>
    Project,

    /// <summary>The calling application.</summary>
    Application,

    /// <summary>The caller's conversation.</summary>
    Session,

    /// <summary>The end user named in the request.</summary>
    EndUser,

    /// <summary>The model group in the request.</summary>
    ModelGroup,

    /// <summary>The deployment that served the call.</summary>
    Deployment,

    /// <summary>The operation: <c>chat</c>, <c>embeddings</c>, …</summary>
    Operation,
}

/// <summary>Properties of the dimensions.</summary>
public static class UsageDimensions
{
    /// <summary>The dimensions of the rollups, by which grouping is fast; the others read the records.</summary>
    public static IReadOnlyList<UsageDimension> RolledUp { get; } =
    [UsageDimension.Model, UsageDimension.Provider, UsageDimension.Key, UsageDimension.User, UsageDimension.Project];

    /// <summary>True if there are rollups for a dimension.</summary>
    public static bool IsRolledUp(UsageDimension dimension) => dimension <= UsageDimension.Project;

    /// <summary>Returns the dimension of the records that a dimension of limits counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Records have no such dimension: a team or an organization is that
    /// of the key, and a record has several tags.</exception>
    public static UsageDimension ToUsageDimension(this LimitDimension dimension) =>
        dimension switch
        {
            LimitDimension.Key => UsageDimension.Key,
            LimitDimension.User => UsageDimension.User,
            LimitDimension.Project => UsageDimension.Project,
            LimitDimension.Application => UsageDimension.Application,
            LimitDimension.Model => UsageDimension.Model,
            LimitDimension.Provider => UsageDimension.Provider,
            _ => throw new ArgumentOutOfRangeException(
                nameof(dimension),
                dimension,
                "The ledger cannot be queried by this dimension."
            ),
        };

    /// <summary>True if a record matches all conditions.</summary>
    public static bool Matches(this UsageRecord record, IReadOnlyList<UsageFilter> conditions) =>
        conditions.All(condition => condition.Matches(record));

    /// <summary>Returns a record's value; null if none.</summary>
    public static string? GetValue(this UsageRecord record, UsageDimension dimension) =>
        dimension switch
        {
            UsageDimension.Model => record.Model,
            UsageDimension.Provider => record.Provider,
            UsageDimension.Key => record.Attribution.KeyId,
            UsageDimension.User => record.Attribution.User,
            UsageDimension.Project => record.Attribution.Project,
            UsageDimension.Application => record.Attribution.Application,
            UsageDimension.Session => record.Attribution.Session,
            UsageDimension.EndUser => record.Attribution.EndUser,
            UsageDimension.ModelGroup => record.ModelGroup,
            UsageDimension.Deployment => record.Deployment,
            UsageDimension.Operation => record.Operation,
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Unknown dimension."),
        };
}
