using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>
/// Keeps the limits of an admission controller in sync with the registry: a change takes effect as soon as the registry
/// watcher has seen it.
/// </summary>
public sealed partial class LimitSynchronizer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RegistryWatcher _registry;
    private readonly AdmissionController _admission;
    private readonly ILogger _logger;
    private readonly HashSet<string> _reported = [];
    private IReadOnlyList<Limit> _provisional = [];
    private long _provisionalUntil;
    private LimitSet _set = LimitSet.Empty;

    /// <summary>Puts the registry's limits in force and follows their changes.</summary>
    /// <param name="registry">The registry watcher.</param>
    /// <param name="admission">The admission controller.</param>
    /// <param name="logger">Logs each entry that cannot be read, once.</param>
    public LimitSynchronizer(
        RegistryWatcher registry,
        AdmissionController admission,
        ILogger<LimitSynchronizer>? logger = null
    )
    {
        (_registry, _admission, _logger) = (registry, admission, logger ?? NullLogger<LimitSynchronizer>.Instance);
        registry.Changed += Apply;
        Apply(registry.Snapshot);
    }

    /// <summary>The problems of entries that cannot be read; each names its entry.</summary>
    public IReadOnlyList<string> Problems => _set.Problems;

    /// <summary>
    /// Puts limits in force that the registry may not contain yet: until it reaches a version, or for the lifetime of
    /// this instance if the registry could not be updated. Limits set at run time take precedence.
    /// </summary>
    public void SetProvisional(IReadOnlyList<Limit> limits, long untilVersion = long.MaxValue)
    {
        lock (_lock)
            (_provisional, _provisionalUntil) = (limits, untilVersion);
        Apply(_registry.Snapshot);
    }

    /// <inheritdoc/>
    public void Dispose() => _registry.Changed -= Apply;

    private void Apply(RegistrySnapshot snapshot)
    {
        lock (_lock)
        {
            if (snapshot.Version < _set.Version)
                return; // A later snapshot was faster.
            _set = LimitSet.FromEntries(snapshot, _set);
            if (snapshot.Version >= _provisionalUntil)
                _provisional = [];
            _admission.Use(_provisional.Count == 0 ? _set.Limits : MergeProvisional());
            foreach (var problem in _set.Problems)
                if (_reported.Add(problem))
                    LogUnreadable(_logger, problem);
        }
    }

    private List<Limit> MergeProvisional()
    {
        var limits = _set.Limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        foreach (var limit in _provisional)
            if (!limits.TryGetValue(limit.Id, out var set) || set.Owner is not null)
                limits[limit.Id] = limit;
        return [.. limits.Values];
    }

    [LoggerMessage(100, LogLevel.Error, "{Problem}")]
    private static partial void LogUnreadable(ILogger logger, string problem);
}
