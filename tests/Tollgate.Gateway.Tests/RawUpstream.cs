using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Gateway.Tests;

/// <summary>
/// A provider that puts bytes on the wire which no web server would: it reads a request, answers as told, and hangs up.
/// </summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly Task _serving;

    private RawUpstream(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The paths of the requests that arrived whole, as they stood on the wire.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    public static RawUpstream Answering(string head, params byte[] body) =>
        new([.. Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n")), .. body]);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            await using var stream = connection.GetStream();
            try
            {
                if (await ReadRequestAsync(stream) is not { } path)
                    continue;
                Paths.Enqueue(path);
                await stream.WriteAsync(_answer);
            }
            catch (IOException)
            {
                // The gate hung up first.
            }
        }
    }

    private static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            text.Append((char)one[0]);
        }

        var length = text.ToString()
            .Split("\r\n")
            .Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))[16..];
        await stream.ReadExactlyAsync(new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)]);
        return text.ToString().Split(' ')[1];
    }
}
