using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Operations.Collectors;

/// <summary>Parts of reports, as they are kept in the data folder.</summary>
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement?>))]
internal sealed partial class ReportJson : JsonSerializerContext;
