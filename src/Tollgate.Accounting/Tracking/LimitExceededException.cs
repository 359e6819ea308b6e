using Tollgate.Accounting.Limits.Admission;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// A limit refuses the usage, and nothing was recorded. The message names the limit, the used and the requested amount,
/// and how long to wait.
/// </summary>
public sealed class LimitExceededException : Exception
{
    /// <summary>Creates the exception for a refusal.</summary>
    public LimitExceededException(Refusal refusal)
        : base(refusal.Message) => Refusal = refusal;

    /// <summary>The refusal.</summary>
    public Refusal Refusal { get; }
}
