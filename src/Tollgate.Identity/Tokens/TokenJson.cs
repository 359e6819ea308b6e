using System.Text.Json.Serialization;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Tokens;

/// <summary>The serialization of entries. Properties written by a newer version and unknown here are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SealedSecret))]
[JsonSerializable(typeof(StoredSigningKey))]
[JsonSerializable(typeof(SigningKeyGuard))]
[JsonSerializable(typeof(StoredServiceToken))]
[JsonSerializable(typeof(ServiceTokenGuard))]
[JsonSerializable(typeof(StoredLink))]
internal sealed partial class TokenJson : JsonSerializerContext;
