using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Operations.Limits;

/// <summary>The rules for the amounts and alerts of limits that are set, from whichever face.</summary>
internal static class LimitRequestValidator
{
    private const int MaxPercent = 1000;
    private const int MaxVariantLength = 64;

    /// <summary>Requires that an amount can be counted, or is null for no limit.</summary>
    /// <exception cref="OperationException">It is negative or exceeds the maximum.</exception>
    public static void RequireAmount(string field, LimitMetric metric, Int128? amount)
    {
        if (amount < 0 || amount > LimitAmount.Max)
            throw FieldRules.CreateException(
                field,
                $"{field} must be from 0 to {LimitAmount.ToText(metric, LimitAmount.Max)}, "
                    + $"or no limit, not {LimitText.FormatAmount(metric, amount)}."
            );
    }

    /// <summary>Requires that a limit to be set has valid amounts and alerts.</summary>
    /// <exception cref="OperationException">It has not.</exception>
    public static void Validate(SetLimitRequest request)
    {
        var metric = request.Expression.Metric;
        foreach (var term in request.Scope.Terms)
            if (term.Value?.Any(char.IsControl) == true)
                throw FieldRules.CreateException(
                    "scope",
                    $"scope names a {term.Dimension.ToString().ToLowerInvariant()} with a control character, which no "
                        + "call can have."
                );
        RequireAmount("amount", metric, request.Expression.Amount);
        if (request.Variant is { } variant && !IsVariant(variant))
            throw FieldRules.CreateException(
                "name",
                $"name '{variant}' must have 1 to {MaxVariantLength} letters, digits, - and _."
            );
        if (request.Increase is { } increase)
            RequireAmount("increase", metric, increase.Amount);
        foreach (var percent in request.AlertAt ?? [])
            FieldRules.RequireRange("alert_at", percent, 1, MaxPercent);
    }

    /// <summary>It is part of the limit's id, in which a point and a colon separate the parts.</summary>
    private static bool IsVariant(string text) =>
        text.Length is > 0 and <= MaxVariantLength
        && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
