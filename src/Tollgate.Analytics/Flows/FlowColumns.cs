namespace Tollgate.Analytics.Flows;

/// <summary>The names of the columns in a file. Compared without regard to case and surrounding spaces.</summary>
public sealed record FlowColumns
{
    /// <summary>When a flow started.</summary>
    public string CreatedAt { get; init; } = "created_at";

    /// <summary>When it ended.</summary>
    public string FinishedAt { get; init; } = "finished_at";

    /// <summary>Its input tokens.</summary>
    public string TokensIn { get; init; } = "tokens_in";

    /// <summary>Its output tokens.</summary>
    public string TokensOut { get; init; } = "tokens_out";

    /// <summary>The grouping column; null puts all flows into one group.</summary>
    public string? Group { get; init; } = "type";
}
