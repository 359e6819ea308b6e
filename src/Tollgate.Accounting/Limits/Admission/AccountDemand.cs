using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The demand of calls on one counter: what those in flight have reserved, what those waiting lack, and how much they
/// consume. Used only under the controller's lock.
/// </summary>
internal sealed class AccountDemand
{
    /// <summary>The amount taken, less what came back, since the rate was last measured.</summary>
    private Int128 _taken;

    /// <summary>The quota reserved by calls in flight.</summary>
    public Int128 Reserved { get; private set; }

    /// <summary>The total need of the waiting calls.</summary>
    public Int128 Need { get; private set; }

    /// <summary>The smallest amount that one of them lacks.</summary>
    public Int128 MinNeed { get; private set; }

    /// <summary>The amount that forced calls lack.</summary>
    public Int128 Overdraft { get; private set; }

    /// <summary>The estimated consumption of calls per second.</summary>
    public Int128 PerSecond { get; private set; }

    /// <summary>When a call last used the counter.</summary>
    public UnixMicros LastUsedAt { get; set; }

    public void Reserve(Int128 amount)
    {
        Reserved += amount;
        _taken += amount;
    }

    /// <summary>Ends a reservation.</summary>
    /// <param name="reserved">The reservation.</param>
    /// <param name="unused">The part of it that comes back; negative if the call used more.</param>
    public void Settle(Int128 reserved, Int128 unused)
    {
        Reserved -= reserved;
        _taken -= unused;
    }

    /// <summary>Registers that a call waits for more.</summary>
    /// <param name="amount">The amount that it needs.</param>
    /// <param name="lack">The part of it that is not available.</param>
    /// <param name="isForced">True if the call is admitted in any case.</param>
    public void RequestMore(Int128 amount, Int128 lack, bool isForced)
    {
        lack = Int128.Max(lack, 1);
        if (isForced)
        {
            Overdraft += lack;
            return;
        }

        MinNeed = Need == 0 ? lack : Int128.Min(MinNeed, lack);
        Need += Int128.Max(amount, 1);
    }

    /// <summary>Clears the need: calls that an exchange does not serve request again.</summary>
    public void ClearNeed() => (Need, MinNeed, Overdraft) = (0, 0, 0);

    /// <summary>Measures the consumption over the elapsed time.</summary>
    public void Measure(double seconds)
    {
        var rate = Int128.Max(0, (Int128)((double)_taken / Math.Max(seconds, 0.001)));
        PerSecond = (PerSecond + rate) / 2;
        _taken = 0;
    }
}
