using Anthropic;
using Microsoft.Extensions.AI;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.Accounting.ExtensionsAI.Tests;

/// <summary>
/// Anthropic's own client against the simulated provider, its calls booked in a ledger on a real file.
/// </summary>
internal sealed class BookedClient : IAsyncDisposable
{
    public const string Model = "claude-sonnet-4-5";

    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer _provider = null!;
    private AnthropicClient _client = null!;

    public LedgerOptions Options => new() { DataFolder = _folder.Path };

    /// <summary>The provider's client, whose calls nobody books.</summary>
    public IChatClient Provider => _client.AsIChatClient(Model);

    public UsageLedger Ledger { get; private set; } = null!;

    public UsageTracker Tracker { get; private set; } = null!;

    public IChatClient Chat { get; private set; } = null!;

    public static async Task<BookedClient> StartAsync(UsageTrackingOptions? options = null)
    {
        var started = new BookedClient();
        started.Ledger = await UsageLedger.OpenAsync(started.Options);
        started.Tracker = new UsageTracker(started.Ledger, BuiltInPrices.Book);
        started._provider = await SimulatedProviderServer.StartAsync(
            new SimulatedProviderOptions(),
            TestContext.Current.CancellationToken
        );
        started._client = new AnthropicClient
        {
            BaseUrl = started._provider.BaseAddress.ToString().TrimEnd('/'),
            ApiKey = "any",
            MaxRetries = 0,
        };
        started.Chat = started.Provider.UseUsageTracking(started.Tracker, options);
        return started;
    }

    /// <summary>The only record.</summary>
    public async Task<UsageRecord> RecordAsync() => (await Ledger.Query.TailAsync(9)).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        Chat.Dispose();
        _client.Dispose();
        await _provider.DisposeAsync();
        await Ledger.DisposeAsync();
        _folder.Dispose();
    }
}
