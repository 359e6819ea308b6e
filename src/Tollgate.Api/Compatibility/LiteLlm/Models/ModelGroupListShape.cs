namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The response of <c>/model_group/info</c>.</summary>
internal sealed record ModelGroupListShape(IReadOnlyList<ModelGroupShape> Data);
