namespace Tollgate.Api.Contracts.Jobs;

/// <summary>An analysis of distributions and dependence: of a collection, of the ledger, or of numbers.</summary>
internal sealed record AnalysisBody
{
    /// <summary>The collection to analyze.</summary>
    public string? CollectionId { get; init; }

    /// <summary>The columns with their values, all of the same length, such as <c>input_tokens</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>>? Data { get; init; }

    /// <summary>The columns of the ledger's calls to analyze, such as <c>input_tokens</c>.</summary>
    public IReadOnlyList<string>? LedgerColumns { get; init; }

    /// <summary>The first day of the ledger's calls, such as 2026-09-01 (UTC), or an instant.</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day of the ledger's calls, which is included, or an instant.</summary>
    public string? EndDate { get; init; }

    /// <summary>
    /// The bootstrap rounds for p values, 0 or from 19 to 1000; absent for 199, or for 0 with more than 5000 values.
    /// </summary>
    public int? Rounds { get; init; }
}
