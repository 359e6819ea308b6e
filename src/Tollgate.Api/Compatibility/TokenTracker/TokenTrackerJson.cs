using System.Text.Json.Serialization;
using Tollgate.Api.Contracts;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>The documented shapes as JSON. Costs are numbers, as their readers expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    Converters = [typeof(InstantJson)]
)]
[JsonSerializable(typeof(HealthShape))]
[JsonSerializable(typeof(IReadOnlyList<UsageShape>))]
[JsonSerializable(typeof(SummaryShape))]
[JsonSerializable(typeof(RateLimitShape))]
[JsonSerializable(typeof(IReadOnlyList<RateLimitShape>))]
[JsonSerializable(typeof(SetRateLimitShape))]
[JsonSerializable(typeof(BudgetShape))]
[JsonSerializable(typeof(IReadOnlyList<BudgetShape>))]
[JsonSerializable(typeof(SetBudgetShape))]
internal sealed partial class TokenTrackerJson : JsonSerializerContext;
