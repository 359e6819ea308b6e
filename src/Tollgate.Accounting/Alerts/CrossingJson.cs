using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Accounting.Alerts;

/// <summary>Serializes the crossing of a limit, as stores keep it with its alert.</summary>
public static partial class CrossingJson
{
    /// <summary>Returns the text; null if there is no crossing.</summary>
    public static string? Write(LimitCrossing? crossing) =>
        crossing is null ? null : JsonSerializer.Serialize(crossing, CrossingShape.Default.LimitCrossing);

    /// <summary>Returns the crossing; null if there is no text.</summary>
    public static LimitCrossing? Read(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, CrossingShape.Default.LimitCrossing);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UseStringEnumConverter = true
    )]
    [JsonSerializable(typeof(LimitCrossing))]
    private sealed partial class CrossingShape : JsonSerializerContext;
}
