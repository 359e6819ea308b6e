using System.Net;
using System.Net.Sockets;

namespace Tollgate.Testing;

/// <summary>
/// A port for a server that cannot choose one itself. It lies below those that the system gives to outgoing connections
/// and to port 0: one of those could be taken before the server has started.
/// </summary>
public static class FreePort
{
    private const int First = 10_000,
        End = 32_000;

    /// <summary>Returns a port of this machine that nothing listens on.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another one.
            }
        }
    }
}
