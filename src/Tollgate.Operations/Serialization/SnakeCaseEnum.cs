using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Operations.Serialization;

/// <summary>Writes an enumeration as a word in lower case with underscores.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
