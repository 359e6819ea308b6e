using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>The response of <c>/api/llm/status</c>.</summary>
internal sealed record StatusShape
{
    /// <summary>True if at least one provider is configured.</summary>
    public required bool Configured { get; init; }

    public required int ConfiguredCount { get; init; }

    public required int TotalProviders { get; init; }

    /// <summary>The provider that calls go to if they name none; null if no provider is configured.</summary>
    public required string? DefaultProvider { get; init; }

    public required IReadOnlyList<ProviderShape> Providers { get; init; }

    public required string Message { get; init; }
}

/// <summary>A provider.</summary>
internal sealed record ProviderShape
{
    public required string Name { get; init; }

    /// <summary><c>configured</c> or <c>not_configured</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The first model of the model list that it serves, or one that it sells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>How to configure it; absent if it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SetupGuide { get; init; }
}
