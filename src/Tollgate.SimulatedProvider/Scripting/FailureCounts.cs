namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>The number of intentional failures by script id, for <c>fail_times</c>.</summary>
internal sealed class FailureCounts
{
    // A soak run uses millions of ids; losing the oldest counts is acceptable, running out of memory is not.
    private const int MaxIds = 100_000;
    private readonly Dictionary<string, int> _failed = [];

    /// <summary>True if this call with the id still has to fail; if so, the failure is counted.</summary>
    public bool ShouldFail(string id, int times)
    {
        lock (_failed)
        {
            _failed.TryGetValue(id, out var failed);
            if (failed >= times)
                return false;
            if (_failed.Count >= MaxIds)
                _failed.Clear();
            _failed[id] = failed + 1;
            return true;
        }
    }

    public void Reset()
    {
        lock (_failed)
            _failed.Clear();
    }
}
