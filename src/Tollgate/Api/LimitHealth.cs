using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;

namespace Tollgate.Api;

/// <summary>The health of the limits.</summary>
/// <param name="Count">The number of limits in force.</param>
/// <param name="StoreError">Why the last access to their counters failed; null if it succeeded.</param>
/// <param name="Suspended">Why calls under hard limits are rejected; null if they are not.</param>
/// <param name="Unreadable">The errors of entries that cannot be read.</param>
internal sealed record LimitHealth(int Count, string? StoreError, string? Suspended, IReadOnlyList<string> Unreadable)
{
    public static LimitHealth From(AdmissionController admission, LimitSynchronizer limits) =>
        new(admission.Limits.Count, admission.StoreError, admission.SuspensionCause, limits.Problems);
}
