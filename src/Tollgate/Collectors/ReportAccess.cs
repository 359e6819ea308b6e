using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Collectors;

/// <summary>
/// Where a provider's reports are, and how they are asked for. A class, not a record: nothing may print its secret.
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

    /// <summary>What else tells one source of data from another, such as the project.</summary>
    public string Scope { get; init; } = "";

    /// <summary>
    /// A name for the pages of this address, key and scope: another organisation's pages must not be taken for these.
    /// It is a part of a hash, from which the key cannot be found.
    /// </summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{baseAddress}\n{Scope}\n{(IsShortLived ? "" : key)}"))
        )[..12];

    /// <summary>Whether the key is one of an hour, which cannot tell sources apart.</summary>
    public bool IsShortLived { get; init; }

    public void Sign(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(KeyHeader, KeyHeader == "Authorization" ? "Bearer " + key : key);
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>A text from the provider without the key, which some echo.</summary>
    public string WithoutSecret(string text) => text.Replace(key, "…", StringComparison.Ordinal);

    public override string ToString() => provider;
}
