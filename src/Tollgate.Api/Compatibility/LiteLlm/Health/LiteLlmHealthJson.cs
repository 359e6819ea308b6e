using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Health;

/// <summary>The health pages as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ReadinessShape))]
internal sealed partial class LiteLlmHealthJson : JsonSerializerContext;

/// <summary>The response of <c>/health/readiness</c>.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Db"><c>connected</c>, or <c>disconnected</c> while the database is away.</param>
internal sealed record ReadinessShape(string Status, string Db);
