using System.Collections.Frozen;
using Tollgate.Accounting.Alerts;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Admission.Stores;

/// <summary>
/// The limits in force of which somebody is to be told, for the transaction that counts. A charge names its limit by id
/// only, since it may outlive it. Swapped as a whole; read from any thread.
/// </summary>
public sealed class WatchedLimits
{
    private volatile FrozenDictionary<string, Limit> _limits = FrozenDictionary<string, Limit>.Empty;

    /// <summary>Puts other limits in force.</summary>
    public void Use(IReadOnlyList<Limit> limits) =>
        _limits = limits.Where(LimitLevel.Concerns).ToFrozenDictionary(static limit => limit.Id, StringComparer.Ordinal);

    /// <summary>A limit with thresholds; null where there is none of that id.</summary>
    public Limit? Find(string id) => _limits.GetValueOrDefault(id);
}
