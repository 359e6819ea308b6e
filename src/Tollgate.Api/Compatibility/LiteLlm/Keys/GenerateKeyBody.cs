namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>A key to be created.</summary>
internal sealed record GenerateKeyBody : KeyFields;
