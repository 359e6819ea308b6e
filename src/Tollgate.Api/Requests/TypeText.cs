using System.Collections;
using System.Text.Json;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Requests;

/// <summary>Describes the types of a contract to the sender of a body.</summary>
internal static class TypeText
{
    /// <summary>Describes the values that a type accepts, as in "must be …".</summary>
    public static string Describe(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (AllowedValues(plain) is { } values)
            return $"one of {string.Join(", ", values)}";
        if (plain == typeof(string))
            return "a text";
        if (plain == typeof(bool))
            return "true or false";
        if (plain == typeof(DateTimeOffset))
            return "an instant with its offset, such as \"2026-11-01T00:00:00Z\"";
        if (plain == typeof(decimal) || plain == typeof(Money) || plain == typeof(AmountField))
            return "an amount as decimal text, such as \"12.50\"";
        if (plain == typeof(double))
            return "a number";
        if (plain == typeof(int) || plain == typeof(long))
            return "a whole number";
        if (plain == typeof(Guid))
            return "a UUID";
        return typeof(IEnumerable).IsAssignableFrom(plain) && !IsMap(plain) ? "a list" : "an object";
    }

    /// <summary>Returns the names of an enumeration as they are in JSON; null for other types.</summary>
    public static IReadOnlyList<string>? AllowedValues(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum ? [.. Enum.GetNames(plain).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)] : null;
    }

    private static bool IsMap(Type type) =>
        type.IsGenericType && type.Name.Contains("Dictionary", StringComparison.Ordinal);
}
