using System.Globalization;
using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// Reads fields of a report strictly: absent and null mean none; a value of another type is an error that names it.
/// </summary>
internal static class ReportFields
{
    public static JsonElement? Field(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"an object with '{name}' is expected, not {element.ValueKind}");
        return
            element.TryGetProperty(name, out var value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;
    }

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? (value.GetString() is { Length: > 0 } text ? text : null)
        : throw CreateException(name, value, "a text");

    /// <summary>A count, possibly as text, as Google sends it; 0 if absent.</summary>
    public static long Count(this JsonElement element, string name) => element.CountOrNull(name) ?? 0;

    public static long? CountOrNull(this JsonElement element, string name)
    {
        if (element.Field(name) is not { } value)
            return null;
        var isRead =
            value.ValueKind == JsonValueKind.Number
                ? value.TryGetDecimal(out var number)
                : decimal.TryParse(
                    value.ValueKind == JsonValueKind.String ? value.GetString() : null,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out number
                );
        return isRead && number >= 0 && number <= long.MaxValue && number == decimal.Truncate(number)
            ? (long)number
            : throw CreateException(name, value, "a whole number of at least 0");
    }

    /// <summary>A decimal, as a number or as text.</summary>
    public static decimal Decimal(this JsonElement element, string name)
    {
        var value = element.Field(name) ?? throw new FormatException($"'{name}' is missing");
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CreateException(name, value, "a number");
    }

    /// <summary>The items of a list, which is required unless it is optional.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name, bool isOptional = false)
    {
        if (element.Field(name) is not { } value)
            return isOptional ? [] : throw new FormatException($"'{name}' is missing");
        return value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw CreateException(name, value, "a list");
    }

    /// <summary>The day of a time in ISO 8601.</summary>
    public static DateOnly Day(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(
            element.Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? DateOnly.FromDateTime(at.UtcDateTime)
            : throw new FormatException($"'{name}' is not a valid time");

    /// <summary>The cursor of the next page if <c>has_more</c> is true.</summary>
    public static string? NextPage(this JsonElement page)
    {
        if (page.Field("has_more") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } more)
            throw new FormatException("'has_more' is missing");
        if (more.ValueKind == JsonValueKind.False)
            return null;
        return page.Text("next_page") ?? throw new FormatException("'has_more' is true, but there is no 'next_page'");
    }

    private static FormatException CreateException(string name, JsonElement value, string expected)
    {
        var text = value.GetRawText();
        return new FormatException($"'{name}' is {(text.Length > 40 ? text[..40] + "…" : text)}, not {expected}");
    }
}
