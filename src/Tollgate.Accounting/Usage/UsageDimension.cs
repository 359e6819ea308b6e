using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>What usage can be grouped and chosen by.</summary>
public enum UsageDimension
{
    /// <summary>The model that was asked of the provider.</summary>
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

    /// <summary>The caller's session.</summary>
    Session,

    /// <summary>The end user that the request named.</summary>
    EndUser,

    /// <summary>The model group that the caller named.</summary>
    ModelGroup,

    /// <summary>The deployment that served.</summary>
    Deployment,

    /// <summary>The operation: <c>chat</c>, <c>embeddings</c>, …</summary>
    Operation,
}

/// <summary>What is known of the dimensions.</summary>
public static class UsageDimensions
{
    /// <summary>
    /// Those by which sums are kept, so that grouping by them takes a moment; the others read the records.
    /// </summary>
    public static IReadOnlyList<UsageDimension> RolledUp { get; } =
    [UsageDimension.Model, UsageDimension.Provider, UsageDimension.Key, UsageDimension.User, UsageDimension.Project];

    /// <summary>Whether sums by it are kept.</summary>
    public static bool IsRolledUp(UsageDimension dimension) => dimension <= UsageDimension.Project;

    /// <summary>Whether a record has all these values.</summary>
    public static bool Meets(this UsageRecord record, IReadOnlyList<DimensionValue> conditions) =>
        conditions.All(condition => record.Of(condition.Dimension) == condition.Value);

    /// <summary>A record's value; null is none.</summary>
    public static string? Of(this UsageRecord record, UsageDimension dimension) =>
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
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "There is no such dimension."),
        };
}
