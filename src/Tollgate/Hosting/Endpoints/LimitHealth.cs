using System.Text.Json.Serialization;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;

namespace Tollgate.Hosting.Endpoints;

/// <summary>The health of the limits.</summary>
/// <param name="Count">The number of limits in force.</param>
/// <param name="IsStoreReachable">True if their counters responded when they were last needed.</param>
/// <param name="StoreFailedAt">When access to their counters last failed; null if it never did.</param>
/// <param name="Suspended">Why calls under hard limits are rejected; null if they are not.</param>
/// <param name="Unreadable">The errors of entries that cannot be read.</param>
internal sealed record LimitHealth(
    int Count,
    [property: JsonPropertyName("store_reachable")] bool IsStoreReachable,
    DateTimeOffset? StoreFailedAt,
    string? Suspended,
    IReadOnlyList<string> Unreadable
)
{
    public static LimitHealth From(AdmissionController admission, LimitSynchronizer limits) =>
        new(
            admission.Limits.Count,
            admission.IsStoreReachable,
            admission.StoreFailedAt,
            admission.SuspensionCause,
            limits.Problems
        );
}
