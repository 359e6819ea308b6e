using System.Collections.Concurrent;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// The addresses of requests whose path contains nothing of the caller's, parsed once. There are as many as deployments
/// times operations.
/// </summary>
internal sealed class UpstreamAddresses
{
    private readonly ConcurrentDictionary<(Uri Base, string Path), Uri> _addresses = new();

    public Uri GetFixed(Uri address, string path) =>
        _addresses.GetOrAdd((address, path), static key => Join(key.Base, key.Path));

    public static Uri Join(Uri address, string path)
    {
        var root = address.AbsoluteUri.TrimEnd('/');
        // Users write Anthropic's and Gemini's address with or without the version; the path supplies it.
        if (path.StartsWith("/v1/", StringComparison.Ordinal) && root.EndsWith("/v1", StringComparison.Ordinal))
            root = root[..^3];
        if (path.StartsWith("/v1beta/", StringComparison.Ordinal) && root.EndsWith("/v1beta", StringComparison.Ordinal))
            root = root[..^7];
        return new Uri(root + path);
    }
}
