namespace Tollgate.Analytics.Flows;

/// <summary>
/// The names that the columns have in a file. Compared without regard to case and surrounding spaces.
/// </summary>
public sealed record FlowColumns
{
    /// <summary>When a flow began.</summary>
    public string CreatedAt { get; init; } = "created_at";

    /// <summary>When it ended.</summary>
    public string FinishedAt { get; init; } = "finished_at";

    /// <summary>Its input tokens.</summary>
    public string TokensIn { get; init; } = "tokens_in";

    /// <summary>Its output tokens.</summary>
    public string TokensOut { get; init; } = "tokens_out";

    /// <summary>By which flows are grouped; null puts them all into one group.</summary>
    public string? Group { get; init; } = "type";
}
