using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Configuration.Settings;

namespace Tollgate.Configuration.Locations;

/// <summary>Locates the transcript log, both for the gateway and for every command.</summary>
internal static class TranscriptLogLocation
{
    /// <summary>Opens the transcript log of a gateway with these settings; null if it records nothing.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="ledger">The gateway's ledger, with which the log shares clock and logger.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static async Task<TranscriptLog?> OpenAsync(
        GatewaySettings settings,
        LedgerOptions ledger,
        CancellationToken cancellationToken
    ) =>
        settings.Transcripts is { Capture: TranscriptCapture.Off, RecordsDenials: false }
            ? null
            : await TranscriptLog.OpenAsync(
                FromSettings(settings) with
                {
                    TimeProvider = ledger.TimeProvider,
                    LoggerFactory = ledger.LoggerFactory,
                },
                cancellationToken
            );

    /// <summary>The transcript log of a gateway with these settings.</summary>
    /// <exception cref="InvalidDataException">The database's URL cannot be used.</exception>
    public static TranscriptOptions FromSettings(GatewaySettings settings)
    {
        var options = settings.Transcripts with { DataFolder = settings.DataFolder };
        try
        {
            // The database drivers are loaded only when needed.
            return settings.TranscriptDatabase is { } url
                ? options.WithUrl(url, PostgreSqlStores.Factory, MySqlStores.Factory)
                : options;
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                $"transcripts.database (AUDIT_DATABASE_URL): {exception.Message}",
                exception
            );
        }
    }
}
