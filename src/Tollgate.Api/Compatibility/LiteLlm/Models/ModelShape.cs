namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>A deployment of a model that callers can name.</summary>
internal sealed record ModelShape(string ModelName, ModelParametersShape LitellmParams, ModelInfoShape ModelInfo);
