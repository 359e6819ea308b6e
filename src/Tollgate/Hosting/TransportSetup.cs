using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Settings;

namespace Tollgate.Hosting;

/// <summary>
/// Sets up encryption, forwarded headers, the path base, and CORS. Each is added only if it is configured: a gateway
/// without them serves its calls without any of this in their way.
/// </summary>
internal static class TransportSetup
{
    /// <summary>Adds the services.</summary>
    /// <exception cref="GatewayStartException">The certificate is missing or cannot be read.</exception>
    public static void Configure(WebApplicationBuilder builder, GatewaySettings settings)
    {
        var transport = settings.Transport;
        if (settings.Urls.Any(static url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            AddTls(builder, transport);
        if (transport.TrustedProxies.Count > 0)
            builder.Services.Configure<ForwardedHeadersOptions>(options => Trust(options, transport.TrustedProxies));
        if (transport.AllowedOrigins.Count > 0)
            builder.Services.AddCors(cors =>
                cors.AddDefaultPolicy(policy =>
                    policy
                        .WithOrigins([.. transport.AllowedOrigins])
                        .AllowAnyHeader()
                        .AllowAnyMethod()
                        .WithExposedHeaders("*")
                        .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
                )
            );
    }

    /// <summary>Adds the steps before routing.</summary>
    public static void Use(WebApplication app, TransportSettings transport)
    {
        if (transport.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
        if (transport.PathBase.Length > 0)
            app.UsePathBase(transport.PathBase);
        if (transport.PathBase.Length > 0 || transport.TrustedProxies.Count > 0)
            app.UseRouting(); // After them: otherwise the application routes by the path before they changed it.
        if (transport.AllowedOrigins.Count > 0)
            app.UseCors();
    }

    private static void AddTls(WebApplicationBuilder builder, TransportSettings transport)
    {
        if (transport.CertificateFile is null)
            throw new GatewayStartException(
                "listen.urls has an https address, and there is no certificate. Set listen.tls.certificate, or use "
                    + "http."
            );
        var certificates = new TlsCertificates(transport);
        builder.Services.AddSingleton(certificates).AddHostedService<TlsReload>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => Use(https, certificates)));
    }

    private static void Use(HttpsConnectionAdapterOptions https, TlsCertificates certificates)
    {
        // Kestrel demands one of its own settings; the connection's options then replace it, with the chain.
        https.ServerCertificateSelector = (_, _) => certificates.Current.TargetCertificate;
        https.OnAuthenticate = (_, options) =>
        {
            options.ServerCertificateSelectionCallback = null;
            options.ServerCertificateContext = certificates.Current;
        };
    }

    private static void Trust(ForwardedHeadersOptions options, IReadOnlyList<string> proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.All;
        options.ForwardLimit = null; // All hops that are trusted.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            if (NetworkText.TryParse(proxy, out var network))
                options.KnownIPNetworks.Add(network);
    }
}
