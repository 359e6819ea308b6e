using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>OpenAI's reports as JSON. Money is a number with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(CompletionsPageShape))]
[JsonSerializable(typeof(EmbeddingsPageShape))]
[JsonSerializable(typeof(CostsPageShape))]
internal sealed partial class OpenAIUsageJson : JsonSerializerContext;
