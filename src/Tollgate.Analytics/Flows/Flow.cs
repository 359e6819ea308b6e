namespace Tollgate.Analytics.Flows;

/// <summary>One flow: a piece of work that used tokens for a while.</summary>
/// <param name="Group">What it is counted under.</param>
/// <param name="TokensIn">Its input tokens: 0 to 4 billion.</param>
/// <param name="TokensOut">Its output tokens: 0 to 4 billion.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="FinishedAt">When it ended, not before it began; null where it has not.</param>
public readonly record struct Flow(
    string Group,
    TokenAmount TokensIn,
    TokenAmount TokensOut,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>The highest cost of a flow, in USD.</summary>
    public const decimal HighestCost = 9_000_000m;

    /// <summary>Whether <see cref="Cost"/> holds, instead of the prices of the options.</summary>
    public bool HasOwnCost { get; init; }

    /// <summary>In USD, from 0 to 9 million; null where nobody knows it.</summary>
    public decimal? Cost { get; init; }
}
