namespace Tollgate.Hosting;

/// <summary>Reads a replaced certificate, and warns before the one in use expires.</summary>
internal sealed partial class TlsReload : PeriodicService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Warning = TimeSpan.FromDays(7);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromDays(1);

    private readonly TlsCertificates _certificates;
    private readonly TimeProvider _clock;
    private DateTimeOffset _warnedAt = DateTimeOffset.MinValue;
    private string? _lastError;

    public TlsReload(TlsCertificates certificates, TimeProvider clock, ILogger<TlsReload> logger)
        : base(Interval, clock, logger) => (_certificates, _clock) = (certificates, clock);

    /// <inheritdoc/>
    protected override Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var error = _certificates.Refresh(out var isReplaced);
        if (error is not null && error != _lastError)
            LogUnreadable(Logger, error);
        _lastError = error;
        if (isReplaced)
            LogReplaced(Logger, _certificates.ExpiresAt);
        var now = _clock.GetUtcNow();
        if (_certificates.ExpiresAt - now < Warning && now - _warnedAt >= BetweenWarnings)
        {
            _warnedAt = now;
            LogExpiring(Logger, _certificates.ExpiresAt);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(60, LogLevel.Warning, "{Error} The certificate in use stays.")]
    private static partial void LogUnreadable(ILogger logger, string error);

    [LoggerMessage(61, LogLevel.Information, "The TLS certificate was replaced. It is valid until {ExpiresAt:u}.")]
    private static partial void LogReplaced(ILogger logger, DateTimeOffset expiresAt);

    [LoggerMessage(62, LogLevel.Warning, "The TLS certificate is valid only until {ExpiresAt:u}. Replace its files.")]
    private static partial void LogExpiring(ILogger logger, DateTimeOffset expiresAt);
}
