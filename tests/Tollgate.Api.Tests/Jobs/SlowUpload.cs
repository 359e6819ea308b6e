using System.Net.Sockets;
using System.Text;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>A file of flows of which only the beginning arrives.</summary>
internal sealed class SlowUpload : IDisposable
{
    private readonly TcpClient _client = new();

    /// <summary>Sends the head and the beginning of the file.</summary>
    public static async Task<SlowUpload> StartAsync(Uri address, string token)
    {
        var upload = new SlowUpload();
        await upload._client.ConnectAsync(address.Host, address.Port);
        var head =
            $"POST /api/v1/jobs/flows HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
            + "Content-Type: text/csv\r\nContent-Length: 1000000\r\n\r\nflow_id";
        await upload._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return upload;
    }

    public void Dispose() => _client.Dispose();
}
