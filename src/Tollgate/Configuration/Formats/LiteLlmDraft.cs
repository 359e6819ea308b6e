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
