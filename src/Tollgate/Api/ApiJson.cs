using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Tollgate.Api;

/// <summary>The responses of the program's own endpoints as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(CallReport))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
