using System.Collections.Immutable;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Limits;

/// <summary>One limit: so much of something, for someone, in a window.</summary>
public sealed record Limit
{
    /// <summary>Its identity, under which it is counted. Another amount leaves the count as it is.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called in refusals, alerts and lists, such as <c>requests_per_minute</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>Whom it concerns.</summary>
    public LimitScope Scope { get; init; } = LimitScope.Global;

    /// <summary>When it begins anew.</summary>
    public required LimitWindow Window { get; init; }

    /// <summary>
    /// The most that is allowed, in the metric's unit; that much itself is allowed. 0 denies; null only counts.
    /// </summary>
    public Int128? Amount { get; init; }

    /// <summary>What happens where it is spent.</summary>
    public LimitMode Mode { get; init; }

    /// <summary>Parts of the amount, in percent, of whose spending somebody is told.</summary>
    public ImmutableArray<int> AlertAt { get; init; } = [];

    /// <summary>A higher amount for a while; null where there is none.</summary>
    public LimitRaise? Raise { get; init; }

    /// <summary>
    /// Where it comes from: a file's owner such as <c>tollgate.yaml</c>, or null where it was set at run time.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The amount at a moment.</summary>
    public Int128? AmountAt(DateTimeOffset now) =>
        Raise is { } raise && now < raise.Until && Amount < raise.Amount ? raise.Amount : Amount;

    /// <summary>The most that can be used at once at a moment: what a bucket holds, else the amount.</summary>
    public Int128? MostAt(DateTimeOffset now) =>
        AmountAt(now) is { } amount
            ? Window is BucketWindow { Burst: { } burst } && amount > 0
                ? burst
                : amount
            : null;
}

/// <summary>A higher amount for a while.</summary>
/// <param name="Amount">The amount, in the metric's unit.</param>
/// <param name="Until">The first moment at which it holds no more.</param>
public readonly record struct LimitRaise(Int128 Amount, DateTimeOffset Until);
