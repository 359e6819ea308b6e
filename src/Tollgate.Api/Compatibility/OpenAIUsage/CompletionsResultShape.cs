namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>The usage of a group. Properties by which it is not grouped are null.</summary>
internal sealed record CompletionsResultShape
{
    /// <summary>Always <c>organization.usage.completions.result</c>.</summary>
    public string Object => "organization.usage.completions.result";

    /// <summary>All input tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Input tokens that were neither read from nor written to a cache.</summary>
    public required long InputUncachedTokens { get; init; }

    /// <summary>Those of text.</summary>
    public required long InputTextTokens { get; init; }

    /// <summary>Those of audio.</summary>
    public required long InputAudioTokens { get; init; }

    /// <summary>Those of images.</summary>
    public required long InputImageTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public required long InputCachedTokens { get; init; }

    /// <summary>Those of text, or not distinguished.</summary>
    public required long InputCachedTextTokens { get; init; }

    /// <summary>Those of audio.</summary>
    public required long InputCachedAudioTokens { get; init; }

    /// <summary>Input tokens written to a cache.</summary>
    public required long InputCacheWriteTokens { get; init; }

    /// <summary>All output tokens, including reasoning.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Output tokens of text, including reasoning.</summary>
    public required long OutputTextTokens { get; init; }

    /// <summary>Output tokens of audio.</summary>
    public required long OutputAudioTokens { get; init; }

    /// <summary>Output tokens of images.</summary>
    public required long OutputImageTokens { get; init; }

    /// <summary>The number of calls.</summary>
    public required long NumModelRequests { get; init; }

    /// <summary>The project.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The user.</summary>
    public required string? UserId { get; init; }

    /// <summary>The id of the virtual key.</summary>
    public required string? ApiKeyId { get; init; }

    /// <summary>The model.</summary>
    public required string? Model { get; init; }

    /// <summary>Always null.</summary>
    public bool? Batch { get; init; }

    /// <summary>Always null.</summary>
    public string? ServiceTier { get; init; }
}
