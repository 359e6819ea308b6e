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
[JsonSerializable(typeof(KeyShape))]
[JsonSerializable(typeof(GenerateKeyBody))]
[JsonSerializable(typeof(UpdateKeyBody))]
[JsonSerializable(typeof(RegenerateKeyBody))]
[JsonSerializable(typeof(DeleteKeysBody))]
[JsonSerializable(typeof(DeletedKeysShape))]
[JsonSerializable(typeof(KeyPageShape))]
[JsonSerializable(typeof(KeyIdPageShape))]
internal sealed partial class LiteLlmKeyJson : JsonSerializerContext;
