using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Hosting;

/// <summary>
/// Opens the ledger and its registry once, for the first service that needs them. The container disposes of the parts
/// that it has taken, and this class of the others.
/// </summary>
internal sealed class LedgerOpening : IAsyncDisposable
{
    private readonly Lazy<LedgerOptions> _options;
    private readonly Lazy<Task<OpenParts>> _parts;
    private bool _isLedgerTaken;
    private bool _isRegistryTaken;

    public LedgerOpening(
        IOptions<AccountingOptions> options,
        IEnumerable<ILedgerStoreFactory> factories,
        TimeProvider time,
        ILoggerFactory? loggers = null
    )
    {
        var common = new LedgerOptions { TimeProvider = time, LoggerFactory = loggers ?? NullLoggerFactory.Instance };
        _options = new(() => CreateOptions(options.Value, [.. factories], common));
        _parts = new(OpenPartsAsync);
    }

    /// <summary>The options of the ledger.</summary>
    /// <exception cref="OptionsValidationException">The configured options are invalid.</exception>
    public LedgerOptions Options => _options.Value;

    /// <summary>Opens the ledger, or waits until it is open.</summary>
    public Task OpenAsync() => _parts.Value;

    /// <summary>Hands the ledger over to the container.</summary>
    public UsageLedger TakeLedger()
    {
        var ledger = WaitForParts().Ledger;
        _isLedgerTaken = true;
        return ledger;
    }

    /// <summary>Hands the registry watcher over to the container.</summary>
    public RegistryWatcher TakeRegistry()
    {
        var registry = WaitForParts().Registry;
        _isRegistryTaken = true;
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_parts.IsValueCreated)
            return;
        await ((Task)_parts.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_parts.Value.IsCompletedSuccessfully)
            return;
        var parts = await _parts.Value;
        if (!_isRegistryTaken)
            await parts.Registry.DisposeAsync();
        if (!_isLedgerTaken)
            await parts.Ledger.DisposeAsync();
    }

    /// <summary>
    /// A container cannot wait asynchronously. It waits here only for a service that is constructed before the host
    /// starts, or without a host; the work runs on the thread pool, so that it cannot wait for its caller.
    /// </summary>
    private OpenParts WaitForParts() => _parts.Value.GetAwaiter().GetResult();

    private Task<OpenParts> OpenPartsAsync()
    {
        var options = Options;
        return Task.Run(async () =>
        {
            var ledger = await UsageLedger.OpenAsync(options);
            try
            {
                return new OpenParts(ledger, await RegistryWatcher.StartAsync(options));
            }
            catch
            {
                await ledger.DisposeAsync();
                throw;
            }
        });
    }

    private static LedgerOptions CreateOptions(
        AccountingOptions options,
        IReadOnlyList<ILedgerStoreFactory> factories,
        LedgerOptions common
    )
    {
        var ledger = common with { DataFolder = Path.GetFullPath(options.DataFolder) };
        return options.Url is { } url ? ledger.WithUrl(url, factories) : ledger;
    }

    private sealed record OpenParts(UsageLedger Ledger, RegistryWatcher Registry);
}
