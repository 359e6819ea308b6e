namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The response of <c>/model/info</c>.</summary>
internal sealed record ModelListShape(IReadOnlyList<ModelShape> Data);
