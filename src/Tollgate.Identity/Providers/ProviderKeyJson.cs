using System.Text.Json.Serialization;

namespace Tollgate.Identity.Providers;

/// <summary>The serialization of entries. Properties written by a newer version and unknown here are ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredProviderKey))]
internal sealed partial class ProviderKeyJson : JsonSerializerContext;
