using Tollgate.Accounting.Limits.Admission;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// A limit does not let a usage pass, and nothing was booked. The message says which limit, what is used, what was
/// asked and how long to wait.
/// </summary>
public sealed class LimitRefusedException : Exception
{
    /// <summary>A refusal as an exception.</summary>
    public LimitRefusedException(Refusal refusal)
        : base(refusal.Message) => Refusal = refusal;

    /// <summary>What refuses it.</summary>
    public Refusal Refusal { get; }
}
