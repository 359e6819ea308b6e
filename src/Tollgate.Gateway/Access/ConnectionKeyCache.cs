using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;

namespace Tollgate.Gateway.Access;

/// <summary>
/// The key that a connection presented last. The web server returns the same string object for a header that a
/// connection repeats, so most calls need no hash: reference equality proves that it is the same key.
/// </summary>
internal sealed class ConnectionKeyCache
{
    private static readonly object Item = new();

    private ReadOnlyMemory<char> _text;
    private VirtualKeySnapshot? _snapshot;
    private KnownSecret? _secret;

    /// <summary>The cache of a request's connection; null if the connection carries several requests at once.</summary>
    public static ConnectionKeyCache? ForConnection(HttpContext http)
    {
        if (
            !HttpProtocol.IsHttp11(http.Request.Protocol)
            || http.Features.Get<IConnectionItemsFeature>()?.Items is not { } items
        )
            return null;
        if (items.TryGetValue(Item, out var known))
            return (ConnectionKeyCache)known!;
        var fresh = new ConnectionKeyCache();
        items[Item] = fresh;
        return fresh;
    }

    /// <summary>Gets the result of an earlier lookup of this same string object in this same snapshot.</summary>
    public bool TryGet(VirtualKeySnapshot snapshot, ReadOnlyMemory<char> text, out KnownSecret? secret)
    {
        secret = _secret;
        return ReferenceEquals(_snapshot, snapshot) && _text.Equals(text); // The same object, not an equal text.
    }

    /// <summary>Stores the result of a lookup.</summary>
    public void Set(VirtualKeySnapshot snapshot, ReadOnlyMemory<char> text, KnownSecret? secret) =>
        (_snapshot, _text, _secret) = (snapshot, text, secret);
}
