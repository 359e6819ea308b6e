using System.Text.Json.Serialization;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Api.Contracts;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>The documented shapes as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters = [typeof(InstantJson), typeof(SnakeCaseNames<RiskTolerance>)]
)]
[JsonSerializable(typeof(ResultShape))]
[JsonSerializable(typeof(CompareBody))]
[JsonSerializable(typeof(ComparisonShape))]
[JsonSerializable(typeof(OptimizeBody))]
[JsonSerializable(typeof(OptimizationShape))]
internal sealed partial class TokenAnalyticsJson : JsonSerializerContext;
