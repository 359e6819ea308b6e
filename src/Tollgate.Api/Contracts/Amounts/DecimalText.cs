using System.Globalization;
using System.Text.Json;

namespace Tollgate.Api.Contracts.Amounts;

/// <summary>Exact decimals as JSON text: many programs read numbers as binary fractions.</summary>
internal static class DecimalText
{
    /// <summary>Reads a text or a number.</summary>
    /// <exception cref="JsonException">It is neither, or has more digits than a decimal.</exception>
    public static decimal Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
            return number;
        if (
            reader.TokenType == JsonTokenType.String
            && decimal.TryParse(
                reader.GetString(),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var text
            )
        )
            return text;
        throw new JsonException();
    }

    /// <summary>Formats a decimal without trailing zeros.</summary>
    public static string Format(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
