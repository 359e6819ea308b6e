using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Serialization;

/// <summary>Writes money as a number of US dollars, with all of its digits.</summary>
internal sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Money.Round(reader.GetDecimal());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Usd);
}
