using System.Text.Json.Serialization;
using Tollgate.Api.Contracts;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Keys as JSON. Money is a number, as LiteLLM's clients expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    Converters = [typeof(InstantJson)]
)]
[JsonSerializable(typeof(KeyInfoShape))]
internal sealed partial class LiteLlmKeyJson : JsonSerializerContext;
