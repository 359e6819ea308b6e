using System.Text.Json.Serialization;

namespace Tollgate.Identity.Accounts;

/// <summary>The serialization of entries. Properties written by a newer version and unknown here are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredAccount))]
[JsonSerializable(typeof(StoredIdentity))]
[JsonSerializable(typeof(AdminGuard))]
internal sealed partial class AccountJson : JsonSerializerContext;
