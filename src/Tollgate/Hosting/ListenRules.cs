using System.Net;
using Tollgate.Accounting.Registry;

namespace Tollgate.Hosting;

/// <summary>The gateway cannot start as configured; the message explains why and what to do.</summary>
internal sealed class GatewayStartException(string message) : Exception(message);

/// <summary>
/// Decides where a gateway may listen: without keys, only on addresses that are local to this machine.
/// </summary>
internal static class ListenRules
{
    /// <summary>Refuses addresses other than loopback as long as no virtual key exists.</summary>
    /// <exception cref="GatewayStartException">An address is open to a network, and no key was ever created or this
    /// cannot be determined.</exception>
    public static void Check(IEnumerable<string> urls, RegistryWatcher registry)
    {
        if (
            registry.Snapshot.Keys.AnyKeyEverExisted
            || urls.FirstOrDefault(static url => !IsLoopback(url)) is not { } open
        )
            return;
        throw new GatewayStartException(
            registry.HasSnapshot
                ? $"'{open}' can be reached from other machines, and no virtual key exists: any client there could "
                    + $"spend on your provider keys. "
                    + "Create a key first (tollgate keys create --name NAME), or listen on 127.0.0.1."
                : $"'{open}' can be reached from other machines, "
                    + "and it cannot be determined whether a virtual key exists: "
                    + $"{registry.LastFailure?.Message} Start again once the registry can be reached, or listen "
                    + "on 127.0.0.1."
        );
    }

    /// <summary>
    /// True if an address to listen on is this machine's own; <c>*</c>, <c>+</c> and names other than localhost are
    /// not.
    /// </summary>
    public static bool IsLoopback(string url)
    {
        if (url.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return false;
        return uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
