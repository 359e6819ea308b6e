using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>The documented shapes as JSON. Costs are numbers, as their readers expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(StatusShape))]
[JsonSerializable(typeof(StatisticsShape))]
internal sealed partial class LlmMonitoringJson : JsonSerializerContext;
