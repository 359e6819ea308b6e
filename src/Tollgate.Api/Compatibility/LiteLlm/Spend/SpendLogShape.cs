using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>A call, as the logs of spend have it: one for each attempt at a provider.</summary>
internal sealed record SpendLogShape
{
    /// <summary>The id of the call.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The operation.</summary>
    public required string CallType { get; init; }

    /// <summary>The id of the key; null if there was none.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>The cost in US dollars; null if it has no price, which is not 0.</summary>
    public required decimal? Spend { get; init; }

    /// <summary>Input and output tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>The start.</summary>
    [JsonPropertyName("startTime")]
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The end.</summary>
    [JsonPropertyName("endTime")]
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>The model requested from the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The model group in the request; null if it named the model.</summary>
    public required string? ModelGroup { get; init; }

    /// <summary>The provider.</summary>
    public required string CustomLlmProvider { get; init; }

    /// <summary>Always null.</summary>
    public string? ApiBase { get; init; }

    /// <summary>The user; null if there was none.</summary>
    public required string? User { get; init; }

    /// <summary>The end user named in the request; null if there was none.</summary>
    public required string? EndUser { get; init; }

    /// <summary>The team of the key; null if there is none.</summary>
    public required string? TeamId { get; init; }

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Always null: the gateway has no cache of responses.</summary>
    public bool? CacheHit { get; init; }

    /// <summary>The tags of the call.</summary>
    public required IReadOnlyList<string> RequestTags { get; init; }

    /// <summary>The session; null if there was none.</summary>
    public required string? SessionId { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
