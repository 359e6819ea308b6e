using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Configuration.Settings;
using Tollgate.Hosting;
using Tollgate.Testing;

namespace Tollgate.Tests.Hosting;

public sealed class TransportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Serves_https_with_the_whole_chain_over_http_2(bool isPfx)
    {
        using var authority = CreateAuthority();
        await using var gateway = await StartAsync(WriteCertificate(authority, "first", isPfx));
        X509Certificate2Collection? sent = null;
        using var client = CreateClient(
            (_, _, chain, _) =>
            {
                sent = [.. chain!.ChainElements.Select(static element => element.Certificate)];
                return true;
            }
        );

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Addresses[0], "/health/live"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.ShouldBe(HttpVersion.Version20);
        sent!.Select(static certificate => certificate.Subject).ShouldContain("CN=first");
    }

    [Fact]
    public void Uses_a_replaced_certificate_and_keeps_the_old_one_if_the_new_one_is_broken()
    {
        using var authority = CreateAuthority();
        var settings = WriteCertificate(authority, "first", isPfx: false);
        var certificates = new TlsCertificates(settings);

        certificates.Refresh(out var isReplaced).ShouldBeNull();
        isReplaced.ShouldBeFalse();
        WriteCertificate(authority, "second", isPfx: false);
        Touch(settings, minutes: 1);
        certificates.Refresh(out isReplaced).ShouldBeNull();
        isReplaced.ShouldBeTrue();
        certificates.Current.TargetCertificate.Subject.ShouldBe("CN=second");

        File.WriteAllText(settings.CertificateFile!, "not a certificate");
        Touch(settings, minutes: 2);
        certificates.Refresh(out isReplaced)!.ShouldContain(settings.CertificateFile!);
        isReplaced.ShouldBeFalse();
        certificates.Current.TargetCertificate.Subject.ShouldBe("CN=second");
    }

    [Fact]
    public async Task Does_not_start_without_a_certificate_for_https()
    {
        var error = await Should.ThrowAsync<GatewayStartException>(() => StartAsync(new TransportSettings()));

        error.Message.ShouldContain("listen.tls.certificate");
    }

    [Fact]
    public async Task Believes_forwarded_headers_only_of_trusted_proxies()
    {
        await using var trusting = await StartAsync(
            new TransportSettings { TrustedProxies = ["127.0.0.0/8"], AllowedOrigins = [] },
            "http"
        );
        await using var doubting = await StartAsync(new TransportSettings { TrustedProxies = ["10.0.0.0/8"] }, "http");

        // A gateway without keys refuses to be addressed by a name that is not of this machine.
        (await GetModelsAsync(trusting, "example.com")).ShouldBe(HttpStatusCode.Forbidden);
        (await GetModelsAsync(doubting, "example.com")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Serves_below_a_path()
    {
        await using var gateway = await StartAsync(new TransportSettings { PathBase = "/a/b/tollgate" }, "http");
        using var client = new HttpClient();

        (await client.GetStringAsync(new Uri(gateway.Addresses[0], "/a/b/tollgate/health/live"))).ShouldBe("live\n");
        // As a proxy that removes the path sends it.
        (await client.GetStringAsync(new Uri(gateway.Addresses[0], "/health/live"))).ShouldBe("live\n");
        using var unknown = await client.GetAsync(new Uri(gateway.Addresses[0], "/a/b/tollgate/nothing"));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Allows_other_sites_only_if_they_are_configured()
    {
        await using var open = await StartAsync(
            new TransportSettings { AllowedOrigins = ["https://app.example.com"] },
            "http"
        );
        await using var closed = await StartAsync(new TransportSettings(), "http");

        var preflight = await SendPreflightAsync(open, "https://app.example.com");
        preflight.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.com"]);
        preflight.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("authorization");
        (await SendPreflightAsync(open, "https://evil.example"))
            .Contains("Access-Control-Allow-Origin")
            .ShouldBeFalse();
        (await SendPreflightAsync(closed, "https://app.example.com"))
            .Contains("Access-Control-Allow-Origin")
            .ShouldBeFalse();
    }

    private static async Task<HttpStatusCode> GetModelsAsync(GatewayHost gateway, string forwardedHost)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", forwardedHost);
        using var response = await client.GetAsync(new Uri(gateway.Addresses[0], "/v1/models"));
        return response.StatusCode;
    }

    private static async Task<HttpResponseHeaders> SendPreflightAsync(GatewayHost gateway, string origin)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Options,
            new Uri(gateway.Addresses[0], "/v1/chat/completions")
        );
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var response = await client.SendAsync(request);
        return response.Headers;
    }

    private Task<GatewayHost> StartAsync(TransportSettings transport, string scheme = "https") =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")),
                Urls = [$"{scheme}://127.0.0.1:0"],
                Transport = transport,
            },
            TimeProvider.System,
            default
        );

    private static HttpClient CreateClient(RemoteCertificateValidationCallback validate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = validate;
        return new HttpClient(handler);
    }

    private static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private TransportSettings WriteCertificate(X509Certificate2 authority, string name, bool isPfx)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(
            authority,
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddDays(10),
            RandomNumberGenerator.GetBytes(8)
        );
        if (isPfx)
        {
            using var leaf = signed.CopyWithPrivateKey(key);
            var file = Path.Combine(_folder.Path, "certificate.pfx");
            X509Certificate2Collection all = [leaf, X509CertificateLoader.LoadCertificate(authority.RawData)];
            File.WriteAllBytes(file, all.Export(X509ContentType.Pfx, "secret")!);
            return new TransportSettings { CertificateFile = file, CertificatePassword = "secret" };
        }

        var (certificate, keyFile) = (Path.Combine(_folder.Path, "tls.crt"), Path.Combine(_folder.Path, "tls.key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem() + "\n" + authority.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return new TransportSettings { CertificateFile = certificate, KeyFile = keyFile };
    }

    private static void Touch(TransportSettings settings, int minutes)
    {
        File.SetLastWriteTimeUtc(settings.CertificateFile!, DateTime.UtcNow.AddMinutes(minutes));
        File.SetLastWriteTimeUtc(settings.KeyFile!, DateTime.UtcNow.AddMinutes(minutes));
    }
}
