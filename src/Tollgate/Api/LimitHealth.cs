using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;

namespace Tollgate.Api;

/// <summary>How the limits are.</summary>
/// <param name="Count">How many hold.</param>
/// <param name="StoreError">Why their counters did not answer last; null where they did.</param>
/// <param name="Suspended">Why no call under a hard limit is let through; null where they are.</param>
/// <param name="Unreadable">What is wrong with entries that cannot be read.</param>
internal sealed record LimitHealth(int Count, string? StoreError, string? Suspended, IReadOnlyList<string> Unreadable)
{
    public static LimitHealth Of(AdmissionController admission, LimitFollower limits) =>
        new(admission.Limits.Count, admission.StoreError, admission.Suspended, limits.Problems);
}
