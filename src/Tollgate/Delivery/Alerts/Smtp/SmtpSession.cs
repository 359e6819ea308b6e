using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>A session with a mail server (RFC 5321), limited to what sending a message needs.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly Socket _socket;
    private Stream _stream;
    private SmtpReplies _replies;
    private IReadOnlyList<string> _capabilities = [];
    private bool _isEncrypted;

    private SmtpSession(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _replies = new SmtpReplies(_stream);
    }

    /// <summary>
    /// Connects, and encrypts the connection according to the settings; it is never used unencrypted if they require
    /// encryption.
    /// </summary>
    public static async Task<SmtpSession> ConnectAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Server!, settings.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var session = new SmtpSession(socket);
        try
        {
            if (settings.Protection == SmtpSecurity.Tls)
                await session.EncryptAsync(settings, cancellationToken);
            await session.ExpectAsync("the greeting", 220, cancellationToken);
            await session.GreetAsync(cancellationToken);
            if (settings.Protection != SmtpSecurity.StartTls)
                return session;
            if (!session.Supports("STARTTLS"))
                throw new AlertDeliveryException($"{settings} does not offer STARTTLS; nothing was sent unencrypted.");
            await session.SendCommandAsync("STARTTLS", "STARTTLS", 220, cancellationToken);
            // Data injected after the reply by a man in the middle would be taken for the server's encrypted replies.
            if (session._replies.HasMore)
                throw new AlertDeliveryException($"{settings} sent data after its STARTTLS reply.");
            await session.EncryptAsync(settings, cancellationToken);
            await session.GreetAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs in if the settings contain a user.</summary>
    public async Task LogInAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Username is not { } user)
            return;
        if (!_isEncrypted)
            throw new AlertDeliveryException(
                "A password is not sent unencrypted. "
                    + "Set alerts.email.security to starttls or tls, or remove the username."
            );
        var password = settings.Password ?? "";
        var ways =
            _capabilities.FirstOrDefault(static ability =>
                ability.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)
            ) ?? "";
        if (
            ways.Contains("PLAIN", StringComparison.OrdinalIgnoreCase)
            || !ways.Contains("LOGIN", StringComparison.OrdinalIgnoreCase)
        )
        {
            await SendCommandAsync(
                $"AUTH PLAIN {Base64($"\0{user}\0{password}")}",
                "the login",
                235,
                cancellationToken
            );
            return;
        }

        await SendCommandAsync("AUTH LOGIN", "the login", 334, cancellationToken);
        await SendCommandAsync(Base64(user), "the login", 334, cancellationToken);
        await SendCommandAsync(Base64(password), "the login", 235, cancellationToken);
    }

    /// <summary>Sends one message; the server has accepted it on completion.</summary>
    public async Task SendAsync(string from, string to, string message, CancellationToken cancellationToken)
    {
        await SendCommandAsync($"MAIL FROM:<{from}>", "the sender", 250, cancellationToken);
        await SendCommandAsync($"RCPT TO:<{to}>", "the recipient", 250, cancellationToken);
        await SendCommandAsync("DATA", "the message", 354, cancellationToken);
        await SendCommandAsync($"{message}.", "the message", 250, cancellationToken);
        try
        {
            await SendCommandAsync("QUIT", "the end", 221, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or AlertDeliveryException)
        {
            // The message is accepted, regardless of the reply to QUIT.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task GreetAsync(CancellationToken cancellationToken) =>
        _capabilities = [
            .. (await SendCommandAsync("EHLO tollgate.localhost", "EHLO", 250, cancellationToken)).Lines.Skip(1),
        ];

    private bool Supports(string ability) => _capabilities.Contains(ability, StringComparer.OrdinalIgnoreCase);

    private async Task EncryptAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = settings.Server };
        if (settings.Trust is { } file)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(file);
            options.CertificateChainPolicy = policy;
        }

        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        await encrypted.AuthenticateAsClientAsync(options, cancellationToken);
        _replies = new SmtpReplies(encrypted);
        _isEncrypted = true;
    }

    private async Task<SmtpReply> SendCommandAsync(
        string line,
        string about,
        int expected,
        CancellationToken cancellationToken
    )
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        return await ExpectAsync(about, expected, cancellationToken);
    }

    /// <summary>The error contains the server's reply, but not the command, which may be a password.</summary>
    private async Task<SmtpReply> ExpectAsync(string about, int expected, CancellationToken cancellationToken)
    {
        var reply = await _replies.ReadAsync(cancellationToken);
        return reply.Code == expected
            ? reply
            : throw new AlertDeliveryException(
                $"The mail server refused {about}: {reply.Code} {string.Join(' ', reply.Lines)}"
            );
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
