using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Limits.Text;

/// <summary>A limit as it is written in one word, such as <c>daily_tokens=150000</c>.</summary>
/// <param name="Metric">The metric that it counts.</param>
/// <param name="Window">When it resets.</param>
/// <param name="Amount">The maximum allowed, in the metric's unit; 0 denies, null means no limit.</param>
public readonly record struct LimitExpression(LimitMetric Metric, LimitWindow Window, Int128? Amount)
{
    /// <summary>Creates the limit for a scope, with the identity and the name that follow from it.</summary>
    /// <param name="scope">The calls that it applies to.</param>
    /// <param name="variant">
    /// Distinguishes it from another limit that differs only in its amount; otherwise null.
    /// </param>
    public Limit ToLimit(LimitScope scope, string? variant = null) =>
        new()
        {
            Id = LimitName.FormatId(Metric, Window, scope, variant),
            Name = LimitName.Format(Metric, Window),
            Metric = Metric,
            Window = Window,
            Amount = Amount,
            Scope = scope,
        };
}

/// <summary>Parses and formats limits in one word.</summary>
public static class LimitText
{
    /// <summary>The word for no limit.</summary>
    public const string None = "none";

    /// <summary>
    /// Parses <c>daily_tokens=150000</c>, <c>daily_cost=12.50</c>, <c>concurrent_requests=5</c> or
    /// <c>hourly_requests=none</c>.
    /// </summary>
    /// <exception cref="FormatException">
    /// It is not valid; the message states what was found, what is known and what is nearest.
    /// </exception>
    public static LimitExpression Parse(string text, WindowOptions traits = default)
    {
        var equals = text.IndexOf('=');
        if (equals < 1)
            throw new FormatException(
                $"'{text}' is not a valid limit. Write NAME=AMOUNT, for example daily_tokens=150000."
            );
        var (metric, window) = LimitName.Parse(text[..equals], traits);
        return new LimitExpression(metric, window, ParseAmount(metric, text[(equals + 1)..]));
    }

    /// <summary>Formats the limit in one word, as <see cref="Parse"/> reads it.</summary>
    public static string Format(LimitExpression limit)
    {
        var name =
            limit.Window is BucketWindow
                ? $"{LimitName.Format(limit.Metric)}_per_{limit.Window.Text.Replace(' ', '_')}"
                : LimitName.Format(limit.Metric, limit.Window);
        return $"{name}={FormatAmount(limit.Metric, limit.Amount)}";
    }

    /// <summary>Parses an amount; null for <c>none</c> and <c>unlimited</c>.</summary>
    /// <exception cref="FormatException">It is not valid, is negative, or exceeds the maximum.</exception>
    public static Int128? ParseAmount(LimitMetric metric, string text)
    {
        if (text.Trim().ToLowerInvariant() is None or "unlimited")
            return null;
        var amount = LimitAmount.Parse(metric, text.Trim());
        // A dollar amount above this would have wrapped around: no decimal below it does.
        var isTooMuch =
            amount < 0
            || amount > LimitAmount.Max
            || (
                LimitAmount.IsMoney(metric)
                && text.Trim().IndexOf('.') is var point
                && (point < 0 ? text.Trim().Length : point) > 12
            );
        return isTooMuch
            ? throw new FormatException(
                $"The amount {text} exceeds the maximum of a limit. Write '{None}' for no limit."
            )
            : amount;
    }

    /// <summary>Formats an amount; <c>none</c> for no limit.</summary>
    public static string FormatAmount(LimitMetric metric, Int128? amount) =>
        amount is { } max ? LimitAmount.ToText(metric, max) : None;
}
