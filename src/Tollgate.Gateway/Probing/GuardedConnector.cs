using System.Net;
using System.Net.Sockets;

namespace Tollgate.Gateway.Probing;

/// <summary>
/// Connects a test request. A name must not lead to link-local addresses, where clouds have their metadata services:
/// the request would carry a key there. An address that the configuration itself
/// states as a number is allowed.
/// </summary>
internal static class GuardedConnector
{
    /// <summary>Metadata services outside the link-local networks: AWS over IPv6, and Alibaba.</summary>
    private static readonly IPAddress[] MetadataAddresses =
    [
        IPAddress.Parse("fd00:ec2::254"),
        IPAddress.Parse("100.100.100.200"),
    ];

    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] addresses = IPAddress.TryParse(host, out var stated)
            ? [stated]
            : [.. (await Dns.GetHostAddressesAsync(host, cancellationToken)).Where(IsAllowed)];
        if (addresses.Length == 0)
            throw new ForbiddenAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True if a name may lead to an address.</summary>
    public static bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !plain.IsIPv6LinkLocal && !IsLinkLocal(plain) && !MetadataAddresses.Contains(plain);
    }

    /// <summary>169.254.0.0/16 (RFC 3927).</summary>
    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..];
}
