using System.Text.Json.Serialization;

namespace Tollgate.Accounting.Registry;

/// <summary>The serialization of entries. Properties written by a newer version and unknown here are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredKey))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(SavedRegistry))]
[JsonSerializable(typeof(MigrationMark))]
internal sealed partial class RegistryJson : JsonSerializerContext;
