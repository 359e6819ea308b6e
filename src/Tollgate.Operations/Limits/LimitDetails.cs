using System.Globalization;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Limits;

/// <summary>
/// A limit as it is defined. Amounts of money are in US dollars, others are numbers of the metric's unit.
/// </summary>
public sealed record LimitDetails
{
    /// <inheritdoc cref="Limit.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="Limit.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="Limit.Metric"/>
    public required LimitMetric Metric { get; init; }

    /// <summary>The calls that it applies to; empty for all calls.</summary>
    public required IReadOnlyList<LimitScopeTerm> Scope { get; init; }

    /// <summary>The maximum allowed; 0 denies every call, null only counts.</summary>
    public decimal? Amount { get; init; }

    /// <inheritdoc cref="Limit.Mode"/>
    public required LimitMode Mode { get; init; }

    /// <summary>The percentages of the amount at which an alert is sent.</summary>
    public required IReadOnlyList<int> AlertAt { get; init; }

    /// <summary>The temporarily higher amount; null if there is none.</summary>
    public decimal? IncreaseAmount { get; init; }

    /// <summary>When the increase ends.</summary>
    public DateTimeOffset? IncreaseUntil { get; init; }

    /// <summary>The window in which it counts, such as <c>day</c>, <c>rolling 5 hours</c> or <c>total</c>.</summary>
    public required string Window { get; init; }

    /// <summary>The maximum that a bucket holds; null if that is its amount, or it is not a bucket.</summary>
    public decimal? Burst { get; init; }

    /// <summary>The time zone of a calendar window.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The local time at which a calendar window starts, if it is not the natural one.</summary>
    public string? Anchor { get; init; }

    /// <summary>The file that defines it, or <c>environment</c>; null if it was set at run time.</summary>
    public string? Owner { get; init; }

    /// <summary>The difference to the configuration; null if there is none.</summary>
    public string? Note { get; init; }

    internal static LimitDetails Create(Limit limit, string? note = null) =>
        new()
        {
            Id = limit.Id,
            Name = limit.Name,
            Metric = limit.Metric,
            Scope = [.. limit.Scope.Terms.Select(static term => new LimitScopeTerm(term.Dimension, term.Value))],
            Amount = LimitNumber.Create(limit.Metric, limit.Amount),
            Mode = limit.Mode,
            AlertAt = [.. limit.AlertThresholds],
            IncreaseAmount = LimitNumber.Create(limit.Metric, limit.TemporaryIncrease?.Amount),
            IncreaseUntil = limit.TemporaryIncrease?.Until,
            Window = limit.Window.Text,
            Burst = LimitNumber.Create(limit.Metric, (limit.Window as BucketWindow)?.Burst),
            TimeZone = (limit.Window as CalendarWindow)?.Zone.Id,
            Anchor =
                limit.Window is CalendarWindow window && window.Anchor != new CalendarWindow(window.Unit).Anchor
                    ? window.Anchor.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
                    : null,
            Owner = limit.Owner,
            Note = note,
        };
}

/// <summary>One condition of a limit's scope.</summary>
/// <param name="Dimension">The property of a call.</param>
/// <param name="Value">Its value; null if each value is counted separately.</param>
public sealed record LimitScopeTerm(LimitDimension Dimension, string? Value);
