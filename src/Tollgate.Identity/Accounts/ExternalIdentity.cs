using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Identity.Accounts;

/// <summary>
/// A person at an identity provider. Both parts together are the identity: an email address can belong to someone else
/// tomorrow, and two providers may use the same subject.
/// </summary>
/// <param name="Issuer">The provider (<c>iss</c>), compared by its exact characters.</param>
/// <param name="Subject">The person at the provider (<c>sub</c>), compared by its exact characters.</param>
public sealed record ExternalIdentity(string Issuer, string Subject)
{
    /// <summary>Returns the name of its entry in the registry: a hash, since any characters may occur.</summary>
    internal string ToEntryName() =>
        // The length separates the parts: no other pair has the same text.
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Issuer.Length}:{Issuer}{Subject}")));
}
