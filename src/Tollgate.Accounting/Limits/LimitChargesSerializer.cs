using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Accounting.Limits;

/// <summary>Serializes charges for the spool, where they wait with their record.</summary>
internal static partial class LimitChargesSerializer
{
    public static string Write(LimitCharges charges) =>
        JsonSerializer.Serialize(charges, LimitChargesJson.Default.LimitCharges);

    public static LimitCharges Read(string text) =>
        JsonSerializer.Deserialize(text, LimitChargesJson.Default.LimitCharges)!;

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(LimitCharges))]
    private sealed partial class LimitChargesJson : JsonSerializerContext;
}
