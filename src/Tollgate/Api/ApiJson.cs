using System.Text.Json.Serialization;

namespace Tollgate.Api;

/// <summary>The responses of the program's own endpoints as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(CallReport))]
internal sealed partial class ApiJson : JsonSerializerContext;
