using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Configuration.Formats;

/// <summary>The contents of a LiteLLM-style file, before translation into Tollgate's settings.</summary>
internal sealed class LiteLlmDraft
{
    /// <summary>The gateway's settings, for what needs no translation.</summary>
    public ConfigurationDraft Draft { get; } = new();

    public List<EntryDraft> Entries { get; } = [];

    /// <summary>Names and their fallbacks, in the order of the file.</summary>
    public List<FallbackDraft> Fallbacks { get; } = [];

    public IReadOnlyList<string> DefaultFallbacks { get; set; } = [];

    /// <summary>Aliases of models.</summary>
    public List<AliasDraft> Aliases { get; } = [];

    /// <summary>LiteLLM's overall budget; null if there is none.</summary>
    public decimal? MaxBudget { get; set; }

    /// <summary>When that resets; null means never.</summary>
    public LimitWindow? BudgetDuration { get; set; }

    /// <summary>The maximum number of concurrent calls; null means unlimited.</summary>
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

    public LocatedValue Place { get; set; }
}

/// <summary>Fallbacks of one model.</summary>
internal sealed record FallbackDraft(string Model, IReadOnlyList<string> Fallbacks, LocatedValue Place);

/// <summary>Another name of a model.</summary>
internal sealed record AliasDraft(string Alias, string Model, LocatedValue Place);

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
