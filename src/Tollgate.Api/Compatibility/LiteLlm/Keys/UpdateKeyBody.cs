namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>A change to a key. Absent fields stay as they are.</summary>
internal sealed record UpdateKeyBody : KeyFields
{
    /// <summary>The key itself, or its token.</summary>
    public required string Key { get; init; }
}
