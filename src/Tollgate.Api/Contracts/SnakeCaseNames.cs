using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Api.Contracts;

/// <summary>Reads and writes an enumeration by its names only, in lower case with underscores; no numbers.</summary>
internal sealed class SnakeCaseNames<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
