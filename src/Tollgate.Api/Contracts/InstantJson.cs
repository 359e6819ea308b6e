using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Api.Parameters;

namespace Tollgate.Api.Contracts;

/// <summary>
/// Reads and writes instants as RFC 3339. Without an offset, a text would mean another time on each server, so it is
/// refused.
/// </summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TimeParameter.TryParse(reader.GetString()!, out var time)
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        var time = value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(time);
    }
}
