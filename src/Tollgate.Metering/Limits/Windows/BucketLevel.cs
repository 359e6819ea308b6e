namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// The arithmetic of a token bucket, lossless in whole numbers: usage that has not been refilled yet is a debt, stored
/// as a multiple of the period in microseconds, so that refilling by the microsecond needs no fractions.
/// </summary>
/// <param name="Debt">The usage that has not been refilled yet, times the period in microseconds.</param>
/// <param name="At">The time of that level, in microseconds since 1970.</param>
public readonly record struct BucketLevel(Int128 Debt, long At)
{
    /// <summary>The level at a later time. A time before <see cref="At"/> changes nothing.</summary>
    /// <param name="now">Microseconds since 1970.</param>
    /// <param name="amount">The amount that refills over a period.</param>
    public BucketLevel LevelAt(long now, Int128 amount)
    {
        if (now <= At)
            return this;
        var left = Debt - ((now - At) * amount);
        return new BucketLevel(left > 0 ? left : 0, now);
    }

    /// <summary>The amount that can be taken now.</summary>
    /// <param name="burst">The maximum that the bucket holds.</param>
    /// <param name="periodMicros">The period, in microseconds.</param>
    public Int128 Available(Int128 burst, long periodMicros)
    {
        var (whole, rest) = Int128.DivRem(Debt, periodMicros);
        return burst - whole - (rest > 0 ? 1 : 0);
    }

    /// <summary>The level after an amount was taken, or returned if it is negative.</summary>
    public BucketLevel Take(Int128 amount, long periodMicros)
    {
        var debt = Debt + (amount * periodMicros);
        return this with { Debt = debt > 0 ? debt : 0 };
    }

    /// <summary>Microseconds until the amount can be taken if there are no other takers; null if never.</summary>
    public long? GetWaitMicros(Int128 requested, Int128 burst, Int128 amount, long periodMicros)
    {
        if (requested > burst || amount <= 0)
            return null;
        var over = Debt - ((burst - requested) * periodMicros);
        return over <= 0 ? 0 : (long)((over + amount - 1) / amount);
    }
}
