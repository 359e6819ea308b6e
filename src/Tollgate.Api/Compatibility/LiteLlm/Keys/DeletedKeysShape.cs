namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>The response to <c>/key/delete</c>.</summary>
/// <param name="DeletedKeys">The tokens of the keys.</param>
internal sealed record DeletedKeysShape(IReadOnlyList<string> DeletedKeys);
