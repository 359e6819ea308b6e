using System.Globalization;

namespace Tollgate.Analytics.Statistics;

/// <summary>The requirements for every sample.</summary>
internal static class SampleChecks
{
    /// <summary>Enough values, all of them finite.</summary>
    public static void Require(ReadOnlySpan<double> values, string field, int minCount)
    {
        if (values.Length < minCount)
            throw new InvalidInputException(
                field,
                $"has {values.Length} {(values.Length == 1 ? "value" : "values")}, but needs at least {minCount}"
            );
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new InvalidInputException(
                    string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"),
                    InputValidator.FormatRule(values[i], "must be a finite number")
                );
    }

    /// <summary>Two columns of the same length.</summary>
    public static void RequirePairs(
        ReadOnlySpan<double> first,
        string firstField,
        ReadOnlySpan<double> second,
        string secondField,
        int minCount
    )
    {
        Require(first, firstField, minCount);
        Require(second, secondField, minCount);
        if (first.Length != second.Length)
            throw new InvalidInputException(
                secondField,
                $"has {second.Length} values, but {firstField} has {first.Length}, although they are pairs"
            );
    }
}
