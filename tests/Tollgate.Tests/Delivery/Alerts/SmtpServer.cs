using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Tests.Delivery.Alerts;

/// <summary>A real mail server as a process: STARTTLS with a self-signed certificate and a login, or neither.</summary>
internal sealed partial class SmtpServer : IDisposable
{
    private readonly Process _process;
    private readonly BlockingCollection<JsonElement> _orders = [];

    private SmtpServer(Process process, string? certificate)
    {
        (_process, Certificate) = (process, certificate);
        Port = int.Parse(
            process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException(
                    "The mail server did not start. Is python3-aiosmtpd installed? ./test.sh does it."
                ),
            CultureInfo.InvariantCulture
        );
        new Thread(Read) { IsBackground = true, Name = "mail server's output" }.Start();
    }

    public int Port { get; }

    /// <summary>The file of its certificate.</summary>
    public string? Certificate { get; }

    public ConcurrentQueue<JsonElement> Messages { get; } = new();

    /// <summary>The messages' own identities.</summary>
    public IEnumerable<string> Ids =>
        Messages.Select(static message =>
            MessageId().Match(message.GetProperty("content").GetString()!).Groups[1].Value
        );

    /// <summary>How a gate is to use it.</summary>
    public SmtpSettings Settings =>
        Certificate is null
            ? new SmtpSettings
            {
                Server = "localhost",
                Port = Port,
                Security = SmtpSecurity.None,
                From = "gate@example.com",
            }
            : new SmtpSettings
            {
                Server = "localhost",
                Port = Port,
                Username = "gate",
                Password = "pass word",
                From = "gate@example.com",
                Trust = Certificate,
            };

    public static SmtpServer InTheClear() => Start(null);

    public static SmtpServer WithCertificate(string folder) => Start(folder);

    public static SmtpServer EncryptedFromTheStart(string folder) => Start(folder, "tls");

    /// <summary>The next messages are answered 451, or taken without an answer (drop).</summary>
    public void Order(string what, int messages)
    {
        _process.StandardInput.WriteLine($"{what} {messages}");
        _orders.TryTake(out var _, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var json = JsonDocument.Parse(line).RootElement;
            if (json.TryGetProperty("ordered", out var _))
                _orders.Add(json);
            else
                Messages.Enqueue(json);
        }

        _orders.CompleteAdding();
    }

    private static SmtpServer Start(string? folder, params string[] more)
    {
        // Debian's own python, whose packages aiosmtpd is one of.
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            [Path.Combine(Repository.Root, "tests/Tollgate.Tests/Delivery/Alerts/smtp_server.py")]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var certificate = folder is null ? null : WriteCertificate(folder, start);
        foreach (var argument in more)
            start.ArgumentList.Add(argument);
        return new SmtpServer(Process.Start(start)!, certificate);
    }

    private static string WriteCertificate(string folder, ProcessStartInfo start)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var (file, keyFile) = (Path.Combine(folder, "mail.pem"), Path.Combine(folder, "mail.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        start.ArgumentList.Add(file);
        start.ArgumentList.Add(keyFile);
        return file;
    }

    [GeneratedRegex("^Message-Id: (<.*>)\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
