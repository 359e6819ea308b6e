using System.Text.Json.Serialization;
using Tollgate.Api.Contracts;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>Spend as JSON. Money is a number, as LiteLLM's clients expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    Converters = [typeof(InstantJson)]
)]
[JsonSerializable(typeof(SpendPageShape))]
[JsonSerializable(typeof(IReadOnlyList<SpendLogShape>))]
[JsonSerializable(typeof(IReadOnlyList<ReportDayShape>))]
[JsonSerializable(typeof(ProviderBudgetsShape))]
internal sealed partial class LiteLlmSpendJson : JsonSerializerContext;
