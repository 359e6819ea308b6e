using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Serialization;

/// <summary>
/// Writes usage as an object of its kinds that are not 0, and the totals. The kinds are disjoint: cached input is not
/// part of the text input.
/// </summary>
internal sealed class TokenUsageJson : JsonConverter<TokenUsage>
{
    private static readonly UsageKind[] Kinds = Enum.GetValues<UsageKind>();

    public override TokenUsage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Usage is only written.");

    public override void Write(Utf8JsonWriter writer, TokenUsage value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("input_tokens", value.InputTokens);
        writer.WriteNumber("cached_tokens", value.CachedTokens);
        writer.WriteNumber("output_tokens", value.OutputTokens);
        writer.WriteNumber("total_tokens", value.TotalTokens);
        writer.WriteStartObject("kinds");
        foreach (var kind in Kinds)
            if (value[kind] != 0)
                writer.WriteNumber(SnakeCase.From(kind), value[kind]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
