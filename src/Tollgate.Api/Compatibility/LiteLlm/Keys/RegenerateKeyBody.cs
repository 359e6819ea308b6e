namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Options of a new secret.</summary>
internal sealed record RegenerateKeyBody
{
    /// <summary>How long the old secret still works, such as <c>24h</c>.</summary>
    public string? GracePeriod { get; init; }
}
