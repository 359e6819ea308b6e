namespace Tollgate.Api.Compatibility.LiteLlm.Models;

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
