using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Api.Contracts.Amounts;

/// <summary>
/// An amount in a request that changes something: absent, it stays as it is; <c>null</c> removes it; otherwise it is
/// decimal text such as <c>"12.50"</c>, or a number.
/// </summary>
/// <param name="Value">The amount; null to remove it.</param>
[JsonConverter(typeof(AmountFieldJson))]
internal readonly record struct AmountField(decimal? Value)
{
    /// <summary>True if the request has the field.</summary>
    public bool IsPresent { get; init; } = true;
}

/// <summary>Reads amounts.</summary>
internal sealed class AmountFieldJson : JsonConverter<AmountField>
{
    public override bool HandleNull => true;

    public override AmountField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.TokenType == JsonTokenType.Null ? null : DecimalText.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, AmountField value, JsonSerializerOptions options)
    {
        if (value.Value is { } amount)
            writer.WriteStringValue(DecimalText.Format(amount));
        else
            writer.WriteNullValue();
    }
}
