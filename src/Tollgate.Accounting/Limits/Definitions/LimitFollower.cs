using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>
/// Keeps the limits of an admission what the directory says they are: a change holds as soon as the directory's watcher
/// has seen it.
/// </summary>
public sealed class LimitFollower : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DirectoryWatcher _directory;
    private readonly AdmissionController _admission;
    private readonly Action<string>? _tell;
    private readonly HashSet<string> _told = [];
    private IReadOnlyList<Limit> _own = [];
    private long _ownUntil;
    private LimitSet _set = LimitSet.Empty;

    /// <summary>Puts the directory's limits in force, and follows them.</summary>
    /// <param name="directory">The directory, as it is watched.</param>
    /// <param name="admission">What admits calls by them.</param>
    /// <param name="tell">Is told once of each entry that cannot be read.</param>
    public LimitFollower(DirectoryWatcher directory, AdmissionController admission, Action<string>? tell = null)
    {
        (_directory, _admission, _tell) = (directory, admission, tell);
        directory.Changed += Apply;
        Apply(directory.Snapshot);
    }

    /// <summary>What is wrong with entries that cannot be read; each names its entry.</summary>
    public IReadOnlyList<string> Problems => _set.Problems;

    /// <summary>
    /// Has limits hold of which the directory may not know yet: until it is at a version, or as long as this lasts
    /// where it could not be told of them. What was set at run time goes before them.
    /// </summary>
    public void Hold(IReadOnlyList<Limit> limits, long untilVersion = long.MaxValue)
    {
        lock (_lock)
            (_own, _ownUntil) = (limits, untilVersion);
        Apply(_directory.Snapshot);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Changed -= Apply;

    private void Apply(DirectorySnapshot snapshot)
    {
        lock (_lock)
        {
            if (snapshot.Version < _set.Version)
                return; // A later one was faster.
            _set = LimitSet.Of(snapshot, _set);
            if (snapshot.Version >= _ownUntil)
                _own = [];
            _admission.Use(_own.Count == 0 ? _set.Limits : WithOwn());
            foreach (var problem in _set.Problems)
                if (_told.Add(problem))
                    _tell?.Invoke(problem);
        }
    }

    private List<Limit> WithOwn()
    {
        var limits = _set.Limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        foreach (var limit in _own)
            if (!limits.TryGetValue(limit.Id, out var set) || set.Owner is not null)
                limits[limit.Id] = limit;
        return [.. limits.Values];
    }
}
