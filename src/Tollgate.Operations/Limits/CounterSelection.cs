using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Limits;

/// <summary>Selects counters of limits; all of its conditions must hold, and at least one is required.</summary>
public sealed record CounterSelection
{
    /// <summary>The limit's id; null for any.</summary>
    public string? Limit { get; init; }

    /// <summary>True for limits on all calls together.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The values that the counter's scope must have. A key may be named by its id or prefix.</summary>
    public IReadOnlyList<ScopeTerm> Scope { get; init; } = [];
}
