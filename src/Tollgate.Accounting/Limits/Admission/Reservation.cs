using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The quota that a call has reserved on all its limits. It ends once: settled when the call's record is durable, or
/// released if the call was never sent. If the process died before either, recovery of the attempt settles it.
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

    /// <summary>The counters to which the record is charged.</summary>
    public LimitCharges Charges { get; }

    /// <summary>A soft limit that the call exceeds; null if there is none.</summary>
    public Limit? PassedLimit { get; }

    internal ReadOnlySpan<Hold> Holds => _holds;

    /// <summary>Settles it with what was recorded. Only the first call has an effect.</summary>
    public void Settle(UsageRecord record)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _controller.Settle(this, new LimitDemand(record.Usage, record.Cost));
    }

    /// <summary>Releases it unused. Only the first call has an effect.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _controller.Release(this);
    }

    /// <summary>The quota that one limit holds for the call.</summary>
    internal readonly record struct Hold(LimitAccount Account, Int128 Amount, Int128? IfUnpriced, QuotaSource Source);
}
