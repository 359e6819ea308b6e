using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Recording;

namespace Tollgate.Hosting;

/// <summary>
/// The stores of a gateway: the ledger, the registry, and the transcript log. They are opened before its services are
/// composed, and closed after all of them are disposed.
/// </summary>
internal sealed class GatewayStores : IAsyncDisposable
{
    private GatewayStores(LedgerOptions options, UsageLedger ledger, ILoggerFactory loggers) =>
        (Options, Ledger, Loggers) = (options, ledger, loggers);

    /// <summary>The log of the gateway, which the stores use before the web server exists.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>The options that the ledger was opened with, and that open the other stores beside it.</summary>
    public LedgerOptions Options { get; }

    /// <summary>The ledger.</summary>
    public UsageLedger Ledger { get; }

    /// <summary>The registry, as it was when it was last read.</summary>
    public RegistryWatcher Registry { get; private set; } = null!;

    /// <summary>The transcript log; null if nothing is recorded in one.</summary>
    public TranscriptLog? Transcripts { get; private set; }

    /// <summary>
    /// A server that stores records but counts no limits, so that each data folder counts its own; otherwise null.
    /// </summary>
    public ILedgerStore? ServerWithoutLimits => Options.Store is ILimitAwareLedgerStore ? null : Options.Store;

    /// <summary>Opens all of them, or none.</summary>
    public static async Task<GatewayStores> OpenAsync(
        GatewaySettings settings,
        CallPricer pricer,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var loggers = GatewayLogging.Create(settings);
        GatewayStores? stores = null;
        try
        {
            stores = await OpenAsync(settings, pricer, clock, loggers, cancellationToken);
            stores.Registry = await RegistryWatcher.StartAsync(stores.Options, cancellationToken);
            stores.Transcripts = await TranscriptLogLocation.OpenAsync(settings, stores.Options, cancellationToken);
            return stores;
        }
        catch
        {
            if (stores is not null)
                await stores.DisposeAsync();
            else
                loggers.Dispose();
            throw;
        }
    }

    /// <summary>Closes them in reverse order; the log last, which they use until they are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Transcripts is not null)
            await Transcripts.DisposeAsync();
        if (Registry is not null)
            await Registry.DisposeAsync();
        await Ledger.DisposeAsync();
        Loggers.Dispose();
    }

    /// <summary>Opens the ledger, which records the in-flight calls of a gateway that died.</summary>
    private static async Task<GatewayStores> OpenAsync(
        GatewaySettings settings,
        CallPricer pricer,
        TimeProvider clock,
        ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        var options = LedgerLocation.FromSettings(settings) with
        {
            LoggerFactory = loggers,
            TimeProvider = clock,
            PriceRecovered = pricer.PriceRecovered,
            Durability = settings.LedgerDurability,
            CheckpointBytes = settings.LedgerCheckpoint,
        };
        return new GatewayStores(options, await UsageLedger.OpenAsync(options, cancellationToken), loggers);
    }
}
