namespace Tollgate.Client.Limits;

/// <summary>A limit.</summary>
public sealed record Limit
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>A name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>The metric, such as <c>cost</c>.</summary>
    public string Metric { get; init; } = "";

    /// <summary>The window in which it counts.</summary>
    public string Window { get; init; } = "";

    /// <summary>The maximum, in US dollars or in the metric's unit; null for none.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The action when it is exhausted: hard, soft, or shadow.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The calls that it applies to; empty for all.</summary>
    public IReadOnlyList<LimitScope> Scope { get; init; } = [];
}

/// <summary>One condition of a limit's scope.</summary>
/// <param name="Dimension">The property of a call, such as <c>user</c>.</param>
/// <param name="Value">Its value; null to count each value separately.</param>
public sealed record LimitScope(string Dimension, string? Value = null);

/// <summary>A limit to be set.</summary>
/// <param name="Metric">The metric, such as <c>cost</c>.</param>
/// <param name="Amount">The maximum, in US dollars or in the metric's unit; 0 denies.</param>
public sealed record LimitSetting(string Metric, decimal Amount)
{
    /// <summary>The window, such as <c>month</c>; null for a metric that does not accumulate.</summary>
    public string? Window { get; init; }

    /// <summary>The calls that it applies to; null for all.</summary>
    public IReadOnlyList<LimitScope>? Scope { get; init; }

    /// <summary>hard, soft, or shadow; null for hard.</summary>
    public string? Mode { get; init; }
}

/// <summary>A change of a limit, as the gateway returns it.</summary>
internal sealed record LimitChange
{
    public required Limit After { get; init; }
}
