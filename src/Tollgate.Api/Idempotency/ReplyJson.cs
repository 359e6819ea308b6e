using System.Text.Json.Serialization;

namespace Tollgate.Api.Idempotency;

/// <summary>The JSON of kept responses.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
