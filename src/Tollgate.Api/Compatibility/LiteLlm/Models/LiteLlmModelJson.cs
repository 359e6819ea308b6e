using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>Models as JSON. Prices are numbers with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ModelListShape))]
[JsonSerializable(typeof(ModelPageShape))]
[JsonSerializable(typeof(ModelGroupListShape))]
internal sealed partial class LiteLlmModelJson : JsonSerializerContext;
