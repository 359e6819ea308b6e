namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>A model that callers can name. If deployments differ, the higher price and the lower size count.</summary>
internal sealed record ModelGroupShape
{
    /// <summary>The name.</summary>
    public required string ModelGroup { get; init; }

    /// <summary>The ids of the providers.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>The maximum number of input tokens; null if unknown.</summary>
    public required long? MaxInputTokens { get; init; }

    /// <summary>The maximum number of output tokens; null if unknown.</summary>
    public required long? MaxOutputTokens { get; init; }

    /// <summary>The price of an input token in US dollars; null if a deployment has none.</summary>
    public required decimal? InputCostPerToken { get; init; }

    /// <summary>The price of an output token in US dollars; null if a deployment has none.</summary>
    public required decimal? OutputCostPerToken { get; init; }

    /// <summary><c>chat</c> or <c>embedding</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Always null: limits are those of keys, users, and teams.</summary>
    public long? Tpm { get; init; }

    /// <summary>Always null: limits are those of keys, users, and teams.</summary>
    public long? Rpm { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsParallelFunctionCalling { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsVision { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsWebSearch { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsUrlContext { get; init; }

    /// <summary>True if reasoning has a price of its own; otherwise null, unknown.</summary>
    public required bool? SupportsReasoning { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsFunctionCalling { get; init; }

    /// <summary>Always empty: parameters are passed on as they are.</summary>
    public IReadOnlyList<string> SupportedOpenaiParams { get; init; } = [];

    /// <summary>Always false.</summary>
    public bool IsPublicModelGroup { get; init; }
}
