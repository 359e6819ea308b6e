using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// The location of a provider's reports, and the credentials for them. A class, not a record, so that its secret is
/// never printed.
/// </summary>
/// <param name="provider">The provider's id.</param>
/// <param name="baseAddress">The address without path; its own path, such as that of a proxy, is kept.</param>
/// <param name="variable">The variable that holds the key, for messages.</param>
/// <param name="key">The key or token.</param>
internal sealed class ReportAccess(string provider, Uri baseAddress, string variable, string key)
{
    public string Provider => provider;

    public Uri BaseAddress => baseAddress;

    public string Variable => variable;

    /// <summary>
    /// The name of the header that carries the key; <c>Authorization</c> gets <c>Bearer</c> before it.
    /// </summary>
    public string KeyHeader { get; init; } = "Authorization";

    /// <summary>Other headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Anything else that distinguishes one source of data from another, such as the project.</summary>
    public string Scope { get; init; } = "";

    /// <summary>
    /// A name for the pages of this address, key and scope, so that another organization's pages are not mistaken for
    /// them.
    /// It is part of a hash, from which the key cannot be recovered.
    /// </summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{baseAddress}\n{Scope}\n{(IsShortLived ? "" : key)}"))
        )[..12];

    /// <summary>True if the key expires within about an hour, and so cannot identify a source.</summary>
    public bool IsShortLived { get; init; }

    public void Sign(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(KeyHeader, KeyHeader == "Authorization" ? "Bearer " + key : key);
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>Removes the key from a text of the provider, since some echo it.</summary>
    public string Redact(string text) => text.Replace(key, "…", StringComparison.Ordinal);

    public override string ToString() => provider;
}
