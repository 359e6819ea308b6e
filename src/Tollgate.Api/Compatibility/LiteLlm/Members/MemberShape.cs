namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The limits of a user or a team, with the spend that counts against them.</summary>
internal abstract record MemberShape
{
    /// <summary>
    /// The spend in the current window of its budget, in US dollars; without a budget, all recorded spend within the
    /// sender's reach.
    /// </summary>
    public required decimal Spend { get; init; }

    /// <summary>The maximum spend in US dollars; null if there is none.</summary>
    public required decimal? MaxBudget { get; init; }

    /// <summary>The interval after which the budget resets, such as <c>30d</c>; null if it never does.</summary>
    public required string? BudgetDuration { get; init; }

    /// <summary>When the budget resets; null if it never does.</summary>
    public required DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>The maximum number of tokens per minute; null if there is none.</summary>
    public required decimal? TpmLimit { get; init; }

    /// <summary>The maximum number of requests per minute; null if there is none.</summary>
    public required decimal? RpmLimit { get; init; }

    /// <summary>Always empty: keys have lists of models.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
