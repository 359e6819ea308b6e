namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>A page of the tokens of keys.</summary>
internal sealed record KeyIdPageShape(IReadOnlyList<string> Keys, int TotalCount, int CurrentPage, int TotalPages);
