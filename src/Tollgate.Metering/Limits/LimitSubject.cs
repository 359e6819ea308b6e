using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Limits;

/// <summary>The properties of a call that limits apply to.</summary>
/// <param name="Attribution">The call's attribution.</param>
/// <param name="Provider">The provider's id.</param>
/// <param name="Model">The model requested from the provider.</param>
/// <param name="ModelGroup">The model group that the caller named, if it differs.</param>
/// <param name="Team">The team of the caller's key.</param>
/// <param name="Organization">The organization of the caller's key.</param>
public readonly record struct LimitSubject(
    Attribution Attribution,
    string Provider,
    string Model,
    string? ModelGroup = null,
    string? Team = null,
    string? Organization = null
)
{
    /// <summary>True if the values are caller-supplied and therefore unbounded.</summary>
    public bool IsCallerSupplied { get; init; }

    /// <summary>True if the user is nevertheless the one of the caller's key.</summary>
    public bool IsUserBound { get; init; }

    /// <summary>True if the project is nevertheless the one of the caller's key.</summary>
    public bool IsProjectBound { get; init; }

    /// <summary>
    /// True if a limit of this scope counts each value of a dimension whose values the caller can invent.
    /// </summary>
    public bool HasUnboundedValues(LimitScope scope)
    {
        if (!IsCallerSupplied)
            return false;
        foreach (var term in scope.Terms)
        {
            if (
                term.Value is null
                && term.Dimension switch
                {
                    LimitDimension.User => !IsUserBound,
                    LimitDimension.Project => !IsProjectBound,
                    LimitDimension.Application or LimitDimension.Tag or LimitDimension.Model => true,
                    _ => false,
                }
            )
                return true;
        }

        return false;
    }

    /// <summary>
    /// The value of a dimension other than <see cref="LimitDimension.Tag"/>; null if the call has none.
    /// </summary>
    public string? this[LimitDimension dimension] =>
        dimension switch
        {
            LimitDimension.Key => Attribution.KeyId,
            LimitDimension.User => Attribution.User,
            LimitDimension.Team => Team,
            LimitDimension.Organization => Organization,
            LimitDimension.Project => Attribution.Project,
            LimitDimension.Application => Attribution.Application,
            LimitDimension.Model => Model,
            LimitDimension.Provider => Provider,
            _ => throw new ArgumentOutOfRangeException(
                nameof(dimension),
                dimension,
                "A call can have any number of tags."
            ),
        };

    /// <summary>True if a term with a value matches the call.</summary>
    public bool Matches(LimitDimension dimension, string value) =>
        dimension switch
        {
            LimitDimension.Tag => HasTag(value),
            LimitDimension.Model => Model == value || ModelGroup == value,
            _ => this[dimension] == value,
        };

    private bool HasTag(string value)
    {
        if (Attribution.Tags is not { } tags)
            return false;
        foreach (var range in tags.AsSpan().Split(','))
            if (tags.AsSpan()[range].Trim().SequenceEqual(value))
                return true;
        return false;
    }
}
