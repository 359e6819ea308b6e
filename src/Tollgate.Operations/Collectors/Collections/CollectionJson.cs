using System.Text.Json.Serialization;

namespace Tollgate.Operations.Collectors.Collections;

/// <summary>Collections as JSON: as they are kept, and as programs read them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Collection))]
public sealed partial class CollectionJson : JsonSerializerContext;
