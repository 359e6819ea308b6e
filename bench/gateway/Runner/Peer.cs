using System.Net.Sockets;

namespace Tollgate.Gateway.Bench;

/// <summary>A gateway, or the provider behind it: how to start it, and how to call it.</summary>
internal sealed record Peer(string Name, int Port, string Program, string[] Arguments)
{
    public const string Nginx = "nginx";
    public const string Bare = "bare forwarder";
    public const string TunedBare = "bare forwarder, tuned";
    public const string Portkey = "Portkey";
    public const string Tollgate = "Tollgate";
    public const string Unflushed = "Tollgate (durability: process)";
    public const string Baseline = "Tollgate before";

    /// <summary>Headers that its callers send.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Additional environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Starts it, and waits until it listens.</summary>
    public async Task<RunningProcess> StartAsync()
    {
        if (await ListensAsync())
            throw new InvalidOperationException($"Port {Port}, which {Name} needs, is in use.");
        var process = new RunningProcess(this);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await ListensAsync())
                return process;
            if (process.HasExited)
                break;
            await Task.Delay(100);
        }

        process.Dispose();
        throw new InvalidOperationException($"{Name} did not start listening on port {Port}.");
    }

    private async Task<bool> ListensAsync()
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
