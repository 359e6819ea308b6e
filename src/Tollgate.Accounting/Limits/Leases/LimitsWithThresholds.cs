using System.Collections.Frozen;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// The limits in force that have thresholds, for the transaction that counts. A charge names its limit by id only,
/// since it may outlive the limit. Replaced as a whole; read from any thread.
/// </summary>
public sealed class LimitsWithThresholds
{
    private volatile FrozenDictionary<string, Limit> _limits = FrozenDictionary<string, Limit>.Empty;
    private volatile FrozenSet<string> _known = [];

    /// <summary>Replaces the limits in force.</summary>
    public void Use(IReadOnlyList<Limit> limits)
    {
        _limits = limits
            .Where(ThresholdLevel.HasThresholds)
            .ToFrozenDictionary(static limit => limit.Id, StringComparer.Ordinal);
        _known = limits.Select(static limit => limit.Id).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Returns a limit with thresholds; null if there is none with that id.</summary>
    public Limit? Find(string id) => _limits.GetValueOrDefault(id);

    /// <summary>
    /// True if a charge to a window must be marked, because this process cannot determine whether it crosses a
    /// threshold: the limit is not, or not yet, in force here. A process with the limit checks that window later
    /// (<see cref="ILimitStore.BackfillAlertsAsync"/>).
    /// </summary>
    /// <param name="id">The limit.</param>
    /// <param name="window">The window that counts; counters whose windows do not end are checked in any case.</param>
    public bool NeedsBackfill(string id, long window) => window > 0 && !_known.Contains(id);
}
