using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>The counters of one set of <see cref="CallLabels"/>.</summary>
internal sealed class CallSeries
{
    // The bounds that the conventions recommend.
    private static readonly double[] TokenBounds =
    [
        1,
        4,
        16,
        64,
        256,
        1024,
        4096,
        16384,
        65536,
        262144,
        1048576,
        4194304,
        16777216,
        67108864,
    ];
    private static readonly double[] DurationBounds =
    [
        0.01,
        0.02,
        0.04,
        0.08,
        0.16,
        0.32,
        0.64,
        1.28,
        2.56,
        5.12,
        10.24,
        20.48,
        40.96,
        81.92,
    ];
    private static readonly double[] FirstTokenBounds =
    [
        0.001,
        0.005,
        0.01,
        0.02,
        0.04,
        0.06,
        0.08,
        0.1,
        0.25,
        0.5,
        0.75,
        1,
        2.5,
        5,
        7.5,
        10,
    ];
    private static readonly double[] PerTokenBounds =
    [
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.15,
        0.2,
        0.3,
        0.4,
        0.5,
        0.75,
        1,
        2.5,
    ];

    private long _costPico;
    private long _costUsd;
    private long _unpriced;
    private long _estimated;

    public Histogram InputTokens { get; } = new(TokenBounds, 1);

    public Histogram OutputTokens { get; } = new(TokenBounds, 1);

    public Histogram RequestDuration { get; } = new(DurationBounds, 1e-6);

    public Histogram OperationDuration { get; } = new(DurationBounds, 1e-6);

    public Histogram TimeToFirstToken { get; } = new(FirstTokenBounds, 1e-6);

    public Histogram TimePerOutputToken { get; } = new(PerTokenBounds, 1e-6);

    public long Unpriced => Volatile.Read(ref _unpriced);

    public long Estimated => Volatile.Read(ref _estimated);

    /// <summary>
    /// Money spent. Stored in two parts, because pico-dollars alone overflow at nine million dollars.
    /// </summary>
    public decimal CostUsd => Volatile.Read(ref _costUsd) + Money.FromPico(Volatile.Read(ref _costPico)).Usd;

    public void Add(UsageRecord record)
    {
        if (record.UsageSource != UsageSource.Missing)
        {
            InputTokens.Add(record.Usage.InputTokens);
            OutputTokens.Add(record.Usage.OutputTokens);
        }

        RequestDuration.Add(record.Duration.TotalSeconds);
        if (record.Streamed && record.TimeToFirstToken is { } first)
        {
            TimeToFirstToken.Add(first.TotalSeconds);
            if (record.Usage.OutputTokens > 1)
                TimePerOutputToken.Add((record.Duration - first).TotalSeconds / (record.Usage.OutputTokens - 1));
        }

        if (record.UsageSource == UsageSource.Estimated)
            Interlocked.Increment(ref _estimated);
        if (record.Cost is { } cost)
            AddCost(cost);
        else
            Interlocked.Increment(ref _unpriced);
    }

    private void AddCost(Money cost)
    {
        var whole = decimal.Truncate(cost.Usd);
        if (whole != 0)
            Interlocked.Add(ref _costUsd, (long)whole);
        if (Interlocked.Add(ref _costPico, (long)((cost.Usd - whole) * Money.PicoPerUsd)) < Money.PicoPerUsd)
            return;
        Interlocked.Add(ref _costPico, -Money.PicoPerUsd);
        Interlocked.Increment(ref _costUsd);
    }
}
