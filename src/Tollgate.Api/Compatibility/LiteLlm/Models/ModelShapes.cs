namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The response of <c>/model/info</c>.</summary>
internal sealed record ModelListShape(IReadOnlyList<ModelShape> Data);

/// <summary>The response of <c>/v2/model/info</c>.</summary>
internal sealed record ModelPageShape
{
    /// <summary>The models of the page.</summary>
    public required IReadOnlyList<ModelShape> Data { get; init; }

    /// <summary>The number of all models.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int CurrentPage { get; init; }

    /// <summary>The maximum number of models on a page.</summary>
    public required int Size { get; init; }

    /// <summary>The number of pages.</summary>
    public required int TotalPages { get; init; }
}

/// <summary>A deployment of a model that callers can name.</summary>
internal sealed record ModelShape(string ModelName, ModelParametersShape LitellmParams, ModelInfoShape ModelInfo);

/// <summary>The model at the provider; never the key.</summary>
internal sealed record ModelParametersShape(string Model);

/// <summary>The properties of a deployment. Prices are US dollars per token; null means that there is none.</summary>
internal sealed record ModelInfoShape
{
    /// <summary>The name of the deployment.</summary>
    public required string Id { get; init; }

    /// <summary>The model by which its price was found; null if it is unpriced.</summary>
    public required string? Key { get; init; }

    /// <summary><c>chat</c>, or <c>embedding</c> for a model whose output has no price.</summary>
    public required string Mode { get; init; }

    /// <summary>The maximum number of output tokens; null if unknown.</summary>
    public required long? MaxTokens { get; init; }

    /// <summary>The maximum number of input tokens; null if unknown.</summary>
    public required long? MaxInputTokens { get; init; }

    /// <summary>The maximum number of output tokens; null if unknown.</summary>
    public required long? MaxOutputTokens { get; init; }

    /// <summary>The price of an input token.</summary>
    public required decimal? InputCostPerToken { get; init; }

    /// <summary>The price of an output token.</summary>
    public required decimal? OutputCostPerToken { get; init; }

    /// <summary>The price of an input token that is read from a cache.</summary>
    public required decimal? CacheReadInputTokenCost { get; init; }

    /// <summary>The price of an input token that is written to a cache.</summary>
    public required decimal? CacheCreationInputTokenCost { get; init; }

    /// <summary>The id of the provider.</summary>
    public required string LitellmProvider { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsVision { get; init; }

    /// <summary>Always null: unknown.</summary>
    public bool? SupportsFunctionCalling { get; init; }

    /// <summary>True if reasoning has a price of its own; otherwise null, unknown.</summary>
    public required bool? SupportsReasoning { get; init; }

    /// <summary>True if reading from a cache has a price; otherwise null, unknown.</summary>
    public required bool? SupportsPromptCaching { get; init; }
}

/// <summary>The response of <c>/model_group/info</c>.</summary>
internal sealed record ModelGroupListShape(IReadOnlyList<ModelGroupShape> Data);

/// <summary>A model that callers can name. Where deployments differ, the higher price and the lower size count.</summary>
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
