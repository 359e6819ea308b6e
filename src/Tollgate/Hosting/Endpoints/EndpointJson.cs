using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Tollgate.Hosting.Endpoints;

/// <summary>The responses of the program's own endpoints as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class EndpointJson : JsonSerializerContext;
