using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>Verifies a server's certificate against the CA certificates of a file instead of the system's.</summary>
/// <param name="file">The file, in PEM.</param>
internal sealed class PrivateTrust(string file)
{
    /// <summary>True if the certificate was issued by one of these, for the server's name.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // The system does not trust the chain; that is decided here. A missing certificate or another name is final.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        using var copy = new X509Certificate2(certificate);
        return own.Build(copy);
    }
}
