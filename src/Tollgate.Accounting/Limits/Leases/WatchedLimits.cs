using System.Collections.Frozen;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// The limits in force of which somebody is to be told, for the transaction that counts. A charge names its limit by id
/// only, since it may outlive it. Swapped as a whole; read from any thread.
/// </summary>
public sealed class WatchedLimits
{
    private volatile FrozenDictionary<string, Limit> _limits = FrozenDictionary<string, Limit>.Empty;
    private volatile FrozenSet<string> _known = [];

    /// <summary>Puts other limits in force.</summary>
    public void Use(IReadOnlyList<Limit> limits)
    {
        _limits = limits
            .Where(LimitLevel.Concerns)
            .ToFrozenDictionary(static limit => limit.Id, StringComparer.Ordinal);
        _known = limits.Select(static limit => limit.Id).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>A limit with thresholds; null where there is none of that id.</summary>
    public Limit? Find(string id) => _limits.GetValueOrDefault(id);

    /// <summary>
    /// Whether a charge to a window is to be remembered, because this process cannot tell whether it crosses anything:
    /// the limit is not in force here, or not yet. Who knows it looks at that window later
    /// (<see cref="ILimitStore.CatchUpAsync"/>).
    /// </summary>
    /// <param name="id">The limit.</param>
    /// <param name="window">The window that counts; what does not end is looked at in any case.</param>
    public bool IsUnseen(string id, long window) => window > 0 && !_known.Contains(id);
}
