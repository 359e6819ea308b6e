namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The name and the team of a key.</summary>
internal sealed record KeyNamesShape(string? KeyAlias, string? TeamId);
