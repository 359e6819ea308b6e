using System.Net;

namespace Tollgate.Configuration.Declaration;

/// <summary>Parses networks; a single address is a network of one.</summary>
internal static class NetworkText
{
    /// <summary>Parses an address or a network.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
