using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Operations.Usage.Figures;

/// <summary>Writes the value alone; the measure is stated once for all.</summary>
internal sealed class MeasureValueJson : JsonConverter<MeasureValue>
{
    public override MeasureValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Values are only written.");

    public override void Write(Utf8JsonWriter writer, MeasureValue value, JsonSerializerOptions options)
    {
        if (value.Value is not { } known)
            writer.WriteNullValue();
        else if (value.Measure.IsMoney())
            writer.WriteStringValue(known.ToString("0.############", CultureInfo.InvariantCulture));
        else
            writer.WriteNumberValue(known);
    }
}
