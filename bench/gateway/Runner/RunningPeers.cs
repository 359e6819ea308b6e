namespace Tollgate.Gateway.Bench;

/// <summary>All peers of a run. They run side by side; only one is called at a time.</summary>
internal sealed class RunningPeers : IDisposable
{
    private readonly Dictionary<Peer, RunningProcess> _processes = [];

    public IEnumerable<Peer> Peers => _processes.Keys;

    public RunningProcess this[Peer peer] => _processes[peer];

    public static async Task<RunningPeers> StartAsync(IEnumerable<Peer> peers)
    {
        var running = new RunningPeers();
        try
        {
            foreach (var peer in peers)
                running._processes[peer] = await peer.StartAsync();
            return running;
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        foreach (var process in _processes.Values)
            await process.StopAsync();
    }

    public void Dispose()
    {
        foreach (var process in _processes.Values)
            process.Dispose();
    }
}
