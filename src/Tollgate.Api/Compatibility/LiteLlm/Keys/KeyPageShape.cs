namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>A page of keys.</summary>
internal sealed record KeyPageShape(IReadOnlyList<KeyShape> Keys, int TotalCount, int CurrentPage, int TotalPages);
