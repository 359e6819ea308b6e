namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The model at the provider; never the key.</summary>
internal sealed record ModelParametersShape(string Model);
