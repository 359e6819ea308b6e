namespace Tollgate.Analytics.Flows;

/// <summary>One flow: a unit of work that used tokens over a period.</summary>
/// <param name="Group">The group that it is counted under.</param>
/// <param name="TokensIn">Its input tokens: 0 to 4 billion.</param>
/// <param name="TokensOut">Its output tokens: 0 to 4 billion.</param>
/// <param name="CreatedAt">When it started.</param>
/// <param name="FinishedAt">When it ended, not before it started; null if it has not ended.</param>
public readonly record struct Flow(
    string Group,
    TokenAmount TokensIn,
    TokenAmount TokensOut,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>The maximum cost of a flow, in USD.</summary>
    public const decimal MaxCost = 9_000_000m;

    /// <summary>True if <see cref="Cost"/> applies, instead of the prices of the options.</summary>
    public bool HasOwnCost { get; init; }

    /// <summary>In USD, from 0 to 9 million; null if unknown.</summary>
    public decimal? Cost { get; init; }
}
