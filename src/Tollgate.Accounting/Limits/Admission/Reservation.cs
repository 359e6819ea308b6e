using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// What a call has reserved on all its limits. It ends once: settled when its record is durable, or released where it
/// was never sent. A reservation that does neither, because its process died, is settled by whoever recovers the
/// attempt.
/// </summary>
public sealed class Reservation
{
    private readonly AdmissionController _controller;
    private readonly Hold[] _holds;
    private int _ended;

    internal Reservation(AdmissionController controller, Hold[] holds, LimitCharges charges, Limit? passed)
    {
        (_controller, _holds) = (controller, holds);
        (Charges, PassedLimit) = (charges, passed);
    }

    /// <summary>What its booking is charged to.</summary>
    public LimitCharges Charges { get; }

    /// <summary>A soft limit that the call is beyond; null where there is none.</summary>
    public Limit? PassedLimit { get; }

    internal ReadOnlySpan<Hold> Holds => _holds;

    /// <summary>Ends it with what was booked. Only the first end counts.</summary>
    public void Settle(UsageRecord record)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _controller.Settle(this, new LimitDemand(record.Usage, record.Cost));
    }

    /// <summary>Ends it with nothing used. Only the first end counts.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _controller.Release(this);
    }

    /// <summary>What one limit holds for the call.</summary>
    internal readonly record struct Hold(LimitAccount Account, Int128 Amount, Int128? IfUnpriced);
}
