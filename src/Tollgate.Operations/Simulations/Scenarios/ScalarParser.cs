using System.Globalization;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>Parses single values of a file: numbers with a decimal point, regardless of the machine's locale.</summary>
internal static class ScalarParser
{
    private const NumberStyles Numbers =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool CanParse(Type type) =>
        type.IsEnum || Type.GetTypeCode(type) is not (TypeCode.Object or TypeCode.Empty);

    /// <summary>The allowed values, for messages.</summary>
    public static string DescribeExpected(Type type)
    {
        if (type.IsEnum)
            return $"One of {string.Join(", ", Enum.GetNames(type).Select(static name => name.ToLowerInvariant()))}";
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "True or false",
            TypeCode.Int32 => "A whole number",
            TypeCode.UInt64 => "A whole number of at least 0",
            TypeCode.String => "A text",
            _ => "A number such as 2.5 or 1e6",
        };
    }

    /// <summary>
    /// Returns the value; null if the text is invalid. The British spelling of a name is also read: it was the only one
    /// in earlier versions.
    /// </summary>
    public static object? Parse(Type type, string text)
    {
        if (type.IsEnum)
            return ParseEnum(type, text.Replace("isation", "ization", StringComparison.OrdinalIgnoreCase));
        // Grouped digits, 1_500_000, as in YAML.
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            TypeCode.Boolean => bool.TryParse(text, out var flag) ? flag : null,
            TypeCode.Int32 => int.TryParse(digits, Numbers, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            TypeCode.UInt64 => ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            TypeCode.Decimal => decimal.TryParse(digits, Numbers, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            TypeCode.Double => double.TryParse(digits, Numbers, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : null,
            _ => null,
        };
    }

    private static object? ParseEnum(Type type, string text) =>
        !char.IsAsciiLetter(text.AsSpan().TrimStart() is [var first, ..] ? first : '0') ? null
        : Enum.TryParse(type, text, ignoreCase: true, out var name) && Enum.IsDefined(type, name!) ? name
        : null;
}
