using System.Globalization;

namespace Tollgate.Operations;

/// <summary>Refuses values that a request's field does not allow. The messages name field, value and range.</summary>
internal static class FieldRules
{
    /// <summary>Requires a value between two others, inclusive.</summary>
    /// <exception cref="OperationException">It is not.</exception>
    public static void RequireRange<T>(string field, T value, T min, T max)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            throw CreateException(field, $"{field} must be from {Format(min)} to {Format(max)}, not {Format(value)}.");
    }

    /// <summary>Requires a value that is not less than another.</summary>
    /// <exception cref="OperationException">It is.</exception>
    public static void RequireMin<T>(string field, T value, T min)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value.CompareTo(min) < 0)
            throw CreateException(field, $"{field} must be at least {Format(min)}, not {Format(value)}.");
    }

    /// <summary>Creates the error of a field.</summary>
    public static OperationException CreateException(string field, string message) =>
        new(OperationError.Invalid, message) { Field = field };

    private static string Format<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
