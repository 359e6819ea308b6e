using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Serialization;

/// <summary>
/// Writes money as text with all of its digits, such as <c>"0.001067"</c>, since many readers of JSON numbers round
/// them; null if unknown.
/// </summary>
internal sealed class MoneyTextJson : JsonConverter<Money?>
{
    public override bool HandleNull => true;

    public override Money? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Costs are only written.");

    public override void Write(Utf8JsonWriter writer, Money? value, JsonSerializerOptions options)
    {
        if (value is { } known)
            writer.WriteStringValue(known.ToString());
        else
            writer.WriteNullValue();
    }
}
