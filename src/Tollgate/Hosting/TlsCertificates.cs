using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Configuration.Settings;

namespace Tollgate.Hosting;

/// <summary>The certificate of the https addresses, with its chain; read again when its files change.</summary>
internal sealed class TlsCertificates
{
    private readonly TransportSettings _settings;
    private volatile Loaded _loaded;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="GatewayStartException">It cannot be read.</exception>
    public TlsCertificates(TransportSettings settings)
    {
        _settings = settings;
        try
        {
            _loaded = Load();
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new GatewayStartException(Describe(exception));
        }
    }

    /// <summary>The certificate that connections get from now on.</summary>
    public SslStreamCertificateContext Current => _loaded.Context;

    /// <summary>The end of its validity.</summary>
    public DateTimeOffset ExpiresAt => _loaded.ExpiresAt;

    /// <summary>
    /// Reads the files again if they have changed. Returns the error if they cannot be read, in which case the
    /// certificate in use stays; otherwise null.
    /// </summary>
    public string? Refresh(out bool isReplaced)
    {
        isReplaced = false;
        try
        {
            if (ReadVersion() == _loaded.Version)
                return null;
            _loaded = Load();
            isReplaced = true;
            return null;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return Describe(exception);
        }
    }

    private Loaded Load()
    {
        var version = ReadVersion(); // First: a change while reading is then seen the next time.
        var chain = new X509Certificate2Collection();
        var leaf = IsPfx ? LoadPfx(chain) : LoadPem(chain);
        // Certificates without a private key only lead from the leaf to a root.
        var context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
        return new Loaded(context, new DateTimeOffset(leaf.NotAfter.ToUniversalTime()), version);
    }

    private X509Certificate2 LoadPfx(X509Certificate2Collection chain)
    {
        chain.AddRange(
            X509CertificateLoader.LoadPkcs12CollectionFromFile(
                _settings.CertificateFile!,
                _settings.CertificatePassword,
                X509KeyStorageFlags.DefaultKeySet
            )
        );
        var leaf =
            chain.FirstOrDefault(static certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("the file has no certificate with a private key");
        chain.Remove(leaf);
        return leaf;
    }

    private X509Certificate2 LoadPem(X509Certificate2Collection chain)
    {
        var (file, key) = (_settings.CertificateFile!, _settings.KeyFile ?? _settings.CertificateFile!);
        var leaf = _settings.CertificatePassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(file, password, key)
            : X509Certificate2.CreateFromPemFile(file, key);
        chain.ImportFromPemFile(file);
        if (chain.Count > 0)
            chain.RemoveAt(0); // The leaf itself.
        return leaf;
    }

    private bool IsPfx => Path.GetExtension(_settings.CertificateFile!).ToLowerInvariant() is ".pfx" or ".p12";

    private (DateTime, DateTime) ReadVersion() =>
        (ReadTime(_settings.CertificateFile!), ReadTime(_settings.KeyFile ?? _settings.CertificateFile!));

    /// <summary>
    /// The time of the file that a link leads to: mounted secrets are replaced by switching a link.
    /// </summary>
    private static DateTime ReadTime(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).LastWriteTimeUtc;
    }

    private string Describe(Exception exception) =>
        $"The certificate '{_settings.CertificateFile}'"
        + (_settings.KeyFile is { } key ? $" with the key '{key}'" : "")
        + $" cannot be read: {exception.Message} listen.tls takes a PEM file with the certificate and its chain, with "
        + "the private key in the same file or in listen.tls.key; or a PFX file with listen.tls.password.";

    private static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private sealed record Loaded(
        SslStreamCertificateContext Context,
        DateTimeOffset ExpiresAt,
        (DateTime Certificate, DateTime Key) Version
    );
}
