using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Accounting.MySql.Tests;

/// <summary>A server with a certificate for 127.0.0.1, and not for localhost, by an authority of its own.</summary>
public sealed class TlsServer : MySqlServer
{
    private readonly DirectoryInfo _certificates = Directory.CreateTempSubdirectory("tollgate-mysql-tls-");

    public string Authority => PathOf("authority");

    public string ClientCertificate => PathOf("client");

    public string ClientKey => PathOf("client-key");

    protected override string Options =>
        $"--ssl-ca={Authority} --ssl-cert={PathOf("server")} --ssl-key={PathOf("server-key")}";

    public override async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(ValidFrom, ValidTo);
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        Issue(authority, "server", IPAddress.Loopback);
        Issue(authority, "client", null);
        // The server runs as another user.
        if (!OperatingSystem.IsWindows())
            _certificates.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _certificates.Delete(recursive: true);
    }

    private static DateTimeOffset ValidFrom => TimeProvider.System.GetUtcNow().AddDays(-1);

    private static DateTimeOffset ValidTo => ValidFrom.AddDays(3);

    private string PathOf(string name) => Path.Combine(_certificates.FullName, $"{name}.pem");

    private void Issue(X509Certificate2 authority, string name, IPAddress? address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (address is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(
            authority,
            authority.NotBefore,
            authority.NotAfter,
            RandomNumberGenerator.GetBytes(8)
        );
        File.WriteAllText(PathOf(name), issued.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}-key"), key.ExportPkcs8PrivateKeyPem());
    }
}
