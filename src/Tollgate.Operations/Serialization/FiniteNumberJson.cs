using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Operations.Serialization;

/// <summary>Writes numbers with all of their digits, and null for those that JSON cannot hold.</summary>
internal sealed class FiniteNumberJson : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
