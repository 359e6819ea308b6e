using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Testing.Gateways;

/// <summary>
/// Several gateway processes (<c>tollgate serve</c>), each with its own data folder, on one PostgreSQL database and
/// with the simulated provider as their only provider.
/// </summary>
public sealed class GatewayFleet : IAsyncDisposable
{
    private readonly List<TemporaryFolder> _folders;
    private readonly GatewayProcess[] _gateways;
    private readonly GatewayClient[] _clients;
    private readonly ConfiguredLimit[] _limits;
    private readonly IDatabaseServer _server;
    private readonly string _database;
    private int _calls;

    private GatewayFleet(
        SimulatedProviderServer provider,
        IDatabaseServer server,
        string database,
        int count,
        ConfiguredLimit[] limits
    )
    {
        (Provider, _server, _database, _limits) = (provider, server, database, limits);
        _folders = [.. Enumerable.Range(0, count).Select(static _ => new TemporaryFolder())];
        (_gateways, _clients) = (new GatewayProcess[count], new GatewayClient[count]);
        Store = new PostgreSqlLedgerStore(Url);
    }

    public SimulatedProviderServer Provider { get; }

    public PostgreSqlLedgerStore Store { get; }

    public int Count => _gateways.Length;

    /// <summary>The number of calls sent so far to all gateways.</summary>
    public int CallsSent => Volatile.Read(ref _calls);

    /// <summary>The body of the last response with status 503, and the output of its gateway until then.</summary>
    public string LastUnavailable { get; private set; } = "";

    private string Url => _server.UrlTo(_database);

    /// <summary>Starts gateways with these limits.</summary>
    public static Task<GatewayFleet> StartAsync(IDatabaseServer server, int count, params ConfiguredLimit[] limits) =>
        StartWithSettingsAsync(server, count, "", limits);

    /// <summary>Starts gateways with these limits and more settings.</summary>
    /// <param name="server">The PostgreSQL server; the gateways get a new database there.</param>
    /// <param name="count">The number of gateways.</param>
    /// <param name="settings">More settings as YAML.</param>
    /// <param name="limits">The limits.</param>
    public static async Task<GatewayFleet> StartWithSettingsAsync(
        IDatabaseServer server,
        int count,
        string settings,
        params ConfiguredLimit[] limits
    )
    {
        var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var database = await server.CreateDatabaseAsync();
        var fleet = new GatewayFleet(provider, server, database, count, limits);
        foreach (var folder in fleet._folders)
            await File.WriteAllTextAsync(folder.File("tollgate.yaml"), fleet.Configuration(settings));
        await Task.WhenAll(Enumerable.Range(0, count).Select(fleet.StartAsync));
        return fleet;
    }

    /// <summary>Starts a gateway in its data folder, where it may have run before.</summary>
    public async Task StartAsync(int gateway)
    {
        _gateways[gateway] = GatewayProcess.Serve(_folders[gateway].Path);
        var client = await _gateways[gateway].ConnectAsync();
        // On a loaded machine the first read of the shared registry may fail; calls are refused until one succeeds.
        await Eventually.BecomesTrueAsync(async () =>
            await client.GetAsync("/health/ready") is { IsSuccessStatusCode: true }
        );
        // Not before: callers go on while a gateway is restarted.
        _clients[gateway] = client;
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill(int gateway) => _gateways[gateway].Kill();

    /// <summary>Sends SIGTERM, and returns the exit code.</summary>
    public Task<int> TerminateAsync(int gateway) => _gateways[gateway].TerminateAsync();

    /// <summary>All that a gateway has printed since its last start.</summary>
    public string OutputOf(int gateway) => _gateways[gateway].Output.ToString();

    /// <summary>The number of a gateway's records that wait for the server, from its health page.</summary>
    public async Task<long> BacklogAsync(int gateway) =>
        JsonDocument
            .Parse(await _clients[gateway].GetStringAsync("/health"))
            .RootElement.GetProperty("ledger")
            .GetProperty("server")
            .GetProperty("backlog")
            .GetInt64();

    /// <summary>Runs a command in a gateway's data folder.</summary>
    public Task<(int Code, string Output)> RunInAsync(int gateway, params string[] arguments) =>
        RunInAsync(_folders[gateway], arguments);

    /// <summary>Ends a holder's lease, as if the holder had not renewed it in time.</summary>
    public Task EndLeaseAsync(Guid holder) =>
        _server.ExecuteAsync(
            _database,
            $"UPDATE limit_holders SET lease_end = now() - interval '1 second' WHERE holder = '{holder}'"
        );

    /// <summary>Runs a command on the gateways' database in a data folder of its own.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await RunInAsync(folder, arguments);
    }

    /// <summary>Sends SIGKILL, and starts the gateway again in the same folder.</summary>
    public async Task KillAndRestartAsync(int gateway)
    {
        _gateways[gateway].Kill();
        await StartAsync(gateway);
    }

    /// <summary>
    /// Sends a call whose name is its session and its script id on the bill. Returns null for a call that has to be
    /// repeated: its gateway was killed, or could not decide in time.
    /// </summary>
    public async Task<HttpStatusCode?> CallAsync(
        int gateway,
        string script,
        int maxTokens,
        string model = "gpt-4o",
        bool stream = false
    )
    {
        try
        {
            using var response = await SendAsync(gateway, script, maxTokens, model, stream);
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                return response.StatusCode;
            LastUnavailable = $"Gateway {gateway}: {body}\n{OutputOf(gateway)}";
            return IsUndecided(body) ? null : response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>Sends a call, and returns the response as soon as its headers have arrived.</summary>
    public Task<HttpResponseMessage> SendAsync(
        int gateway,
        string script,
        int maxTokens,
        string model = "gpt-4o",
        bool stream = false
    )
    {
        var name = $"call{Interlocked.Increment(ref _calls)}";
        return _clients[gateway]
            .ChatAsync(
                $"id={name} {script}",
                $""","max_tokens":{maxTokens},"stream":{(stream ? "true" : "false")}""",
                model,
                ("x-tollgate-session", name)
            );
    }

    /// <summary>Sends a streamed call again until its gateway has decided on it.</summary>
    public async Task<HttpResponseMessage> SendUntilDecidedAsync(int gateway, string script, int maxTokens)
    {
        HttpResponseMessage? response = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            response = await SendAsync(gateway, script, maxTokens, stream: true);
            return response.StatusCode != HttpStatusCode.ServiceUnavailable
                || !IsUndecided(await response.Content.ReadAsStringAsync());
        });
        return response!;
    }

    /// <summary>Waits until no gateway holds a lease: all calls are booked, and unused quota is returned.</summary>
    public Task SettleAsync() =>
        Eventually.BecomesTrueAsync(async () =>
            (await Store.Limits.ListHoldersAsync()).All(static holder => holder.Leases.Count == 0)
        );

    /// <summary>The count of a limit on the server.</summary>
    public async Task<LimitCount> CountAsync(int limit = 0) =>
        (await Store.Limits.ReadAsync([_limits[limit].Limit]))[0];

    /// <summary>The provider's bill in US dollars, once no call is in progress.</summary>
    public Task<decimal> BillAsync() => ProviderBill.TotalAsync(Provider.BaseAddress);

    /// <summary>All records on the server, by the names of their calls.</summary>
    public async Task<ILookup<string, UsageRecord>> RecordsAsync()
    {
        var records = new List<UsageRecord>();
        await foreach (var record in Store.ReadAsync(new()))
            records.Add(record);
        return records.ToLookup(static record => record.Attribution.Session!);
    }

    /// <summary>The cost of all records on the server in US dollars.</summary>
    public async Task<decimal> BookedAsync() => (await Store.SumAsync(new()))[0].Totals.Cost.Usd;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            gateway?.Dispose();
        foreach (var client in _clients)
            client?.Dispose();
        await Store.DisposeAsync();
        await Provider.DisposeAsync();
        foreach (var folder in _folders)
            folder.Dispose();
    }

    /// <summary>On a slow machine, gateways may wait too long for their turn at the counters.</summary>
    private static bool IsUndecided(string body) => body.Contains("limits_unavailable", StringComparison.Ordinal);

    private async Task<(int Code, string Output)> RunInAsync(TemporaryFolder folder, string[] arguments)
    {
        var run = await GatewayProcess.RunAsync([.. arguments, "--data", folder.Path], ("DATABASE_URL", Url));
        return (run.ExitCode, run.Output + run.Error);
    }

    private string Configuration(string settings) =>
        $$"""
            ledger: {database: "{{Url}}"}
            routing: {retries: 0}
            providers:
              openai: {base_url: {{Provider.BaseAddress}}v1, api_key: simulated}
            limits: [{{string.Join(", ", _limits.Select(static limit => limit.Yaml))}}]
            {{settings}}
            """;
}
