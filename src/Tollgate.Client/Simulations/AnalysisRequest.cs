namespace Tollgate.Client.Simulations;

/// <summary>An analysis of a collection, of the ledger's calls, or of numbers: exactly one of the three.</summary>
public sealed record AnalysisRequest
{
    /// <summary>The collection to analyze.</summary>
    public string? CollectionId { get; init; }

    /// <summary>The columns with their values, all of the same length.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>>? Data { get; init; }

    /// <summary>The columns of the ledger's calls to analyze, such as <c>input_tokens</c>.</summary>
    public IReadOnlyList<string>? LedgerColumns { get; init; }

    /// <summary>The first day of the ledger's calls, such as 2026-09-01 (UTC).</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day of the ledger's calls, which is included.</summary>
    public string? EndDate { get; init; }

    /// <summary>The bootstrap rounds for p values; null for the default.</summary>
    public int? Rounds { get; init; }
}
