using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Configuration.Formats;

/// <summary>What a file of LiteLLM's or of its kin says, before it is put in our terms.</summary>
internal sealed class ForeignDraft
{
    /// <summary>The gate, for what needs no translation.</summary>
    public GateDraft Gate { get; } = new();

    public List<EntryDraft> Entries { get; } = [];

    /// <summary>Names and their fallbacks, in the order of the file.</summary>
    public List<FallbackDraft> Fallbacks { get; } = [];

    public IReadOnlyList<string> DefaultFallbacks { get; set; } = [];

    /// <summary>Further names of models.</summary>
    public List<AliasDraft> Aliases { get; } = [];

    /// <summary>LiteLLM's budget over all; null where there is none.</summary>
    public decimal? MaxBudget { get; set; }

    /// <summary>When that begins anew; null is never.</summary>
    public LimitWindow? BudgetDuration { get; set; }

    /// <summary>Calls under way at once; null is as many as there are.</summary>
    public long? MaxParallelRequests { get; set; }
}

/// <summary>An item of <c>model_list</c>.</summary>
internal sealed class EntryDraft : EndpointDraft
{
    public string? Name { get; set; }

    public string? Model { get; set; }

    public string? Provider { get; set; }

    public string? BaseModel { get; set; }

    public decimal? Weight { get; set; }

    public decimal? RequestsPerMinute { get; set; }

    public decimal? TokensPerMinute { get; set; }

    public Located Place { get; set; }
}

/// <summary>Fallbacks of one model.</summary>
internal sealed record FallbackDraft(string Model, IReadOnlyList<string> Fallbacks, Located Place);

/// <summary>Another name of a model.</summary>
internal sealed record AliasDraft(string Alias, string Model, Located Place);

/// <summary>An item of <c>rate_limits</c>.</summary>
internal sealed class RateLimitDraft
{
    public string? Model { get; set; }

    public long? Limit { get; set; }

    public LimitPeriod? Period { get; set; }
}

/// <summary>An item of <c>budget.alerts</c>.</summary>
internal sealed class AlertDraft
{
    public long? Threshold { get; set; }

    public string? Email { get; set; }
}
