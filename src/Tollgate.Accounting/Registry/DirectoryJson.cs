using System.Text.Json.Serialization;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// How entries are written. A member that is not known here, because a newer version wrote it, is passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredKey))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SavedDirectory))]
[JsonSerializable(typeof(HandoverMark))]
internal sealed partial class DirectoryJson : JsonSerializerContext;
