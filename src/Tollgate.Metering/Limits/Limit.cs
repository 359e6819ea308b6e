using System.Collections.Immutable;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Limits;

/// <summary>One limit: an amount of something, for a scope, in a window.</summary>
public sealed record Limit
{
    /// <summary>Its identity, under which it is counted. Changing the amount does not change the count.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in refusals, alerts and lists, such as <c>requests_per_minute</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The metric that it counts.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>The calls that it applies to.</summary>
    public LimitScope Scope { get; init; } = LimitScope.Global;

    /// <summary>The window in which it counts.</summary>
    public required LimitWindow Window { get; init; }

    /// <summary>The maximum allowed, in the metric's unit, inclusive. 0 denies; null only counts.</summary>
    public Int128? Amount { get; init; }

    /// <summary>The action when it is exhausted.</summary>
    public LimitMode Mode { get; init; }

    /// <summary>Percentages of the amount at which an alert is sent.</summary>
    public ImmutableArray<int> AlertThresholds { get; init; } = [];

    /// <summary>A temporary increase of the amount; null if there is none.</summary>
    public TemporaryIncrease? TemporaryIncrease { get; init; }

    /// <summary>The owner: a file such as <c>tollgate.yaml</c>, or null if it was set at run time.</summary>
    public string? Owner { get; init; }

    /// <summary>The amount at a point in time.</summary>
    public Int128? AmountAt(DateTimeOffset now) =>
        TemporaryIncrease is { } raise && now < raise.Until && Amount < raise.Amount ? raise.Amount : Amount;

    /// <summary>
    /// The maximum that can be used at once at a point in time: a bucket's burst, otherwise the amount.
    /// </summary>
    public Int128? MaxAt(DateTimeOffset now) =>
        AmountAt(now) is { } amount
            ? Window is BucketWindow { Burst: { } burst } && amount > 0
                ? burst
                : amount
            : null;
}

/// <summary>A temporary increase of the amount.</summary>
/// <param name="Amount">The amount, in the metric's unit.</param>
/// <param name="Until">When the increase ends (exclusive).</param>
public readonly record struct TemporaryIncrease(Int128 Amount, DateTimeOffset Until);
