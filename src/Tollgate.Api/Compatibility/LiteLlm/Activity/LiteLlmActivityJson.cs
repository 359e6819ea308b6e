using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>Daily activity as JSON. Money is a number, as LiteLLM's clients expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ActivityShape))]
internal sealed partial class LiteLlmActivityJson : JsonSerializerContext;
