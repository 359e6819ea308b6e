using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Gateways as users start them (<c>tollgate serve</c>), each with a data folder of its own, on one PostgreSQL and in
/// front of one simulated provider.
/// </summary>
internal sealed class GatewayFleet : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(120);

    private readonly List<TemporaryFolder> _folders;
    private readonly GatewayProcess[] _gateways;
    private readonly HttpClient[] _clients;
    private readonly SharedLimit[] _limits;
    private readonly string _url,
        _more;
    private readonly PostgreSqlServer _server;
    private readonly string _database;
    private int _calls;

    private GatewayFleet(
        SimulatedProviderServer provider,
        PostgreSqlServer server,
        string database,
        int count,
        SharedLimit[] limits,
        string more
    )
    {
        (Provider, _server, _database, _url, _limits, _more) = (
            provider,
            server,
            database,
            server.UrlTo(database),
            limits,
            more
        );
        _folders = [.. Enumerable.Range(0, count).Select(static _ => new TemporaryFolder())];
        (_gateways, _clients) = (new GatewayProcess[count], new HttpClient[count]);
        Store = new PostgreSqlLedgerStore(_url);
    }

    public SimulatedProviderServer Provider { get; }

    public PostgreSqlLedgerStore Store { get; }

    public int Count => _gateways.Length;

    /// <summary>The last response with status 503, and what its gateway had printed by then.</summary>
    public string LastUnavailable { get; private set; } = "";

    /// <summary>Starts gateways whose configuration has some limits and nothing else of note.</summary>
    public static Task<GatewayFleet> StartAsync(PostgreSqlServer server, int count, params SharedLimit[] limits) =>
        StartWithAsync(server, count, "", limits);

    /// <param name="server">The server; the gateways get a database of their own.</param>
    /// <param name="count">How many gateways.</param>
    /// <param name="more">What else stands in their configuration.</param>
    /// <param name="limits">Their limits.</param>
    public static async Task<GatewayFleet> StartWithAsync(
        PostgreSqlServer server,
        int count,
        string more,
        params SharedLimit[] limits
    )
    {
        var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var gateways = new GatewayFleet(provider, server, await server.CreateDatabaseAsync(), count, limits, more);
        for (var gateway = 0; gateway < count; gateway++)
            await File.WriteAllTextAsync(gateways.FileOf(gateway), gateways.Configuration());
        await Task.WhenAll(Enumerable.Range(0, count).Select(gateways.StartAsync));
        return gateways;
    }

    /// <summary>Starts a gateway, or starts it again in its folder.</summary>
    public async Task StartAsync(int gateway)
    {
        _gateways[gateway] = GatewayProcess.Start([
            "serve",
            "--urls",
            "http://127.0.0.1:0",
            "--data",
            _folders[gateway].Path,
            "--config",
            FileOf(gateway),
        ]);
        var client = new HttpClient { BaseAddress = await _gateways[gateway].Address, Timeout = CallTimeout };
        _clients[gateway] = client;
        // On a loaded machine the first read of the shared registry may fail; calls are refused until one succeeds.
        await Eventually.BecomesTrueAsync(async () =>
            await client.GetAsync("/health/ready") is { IsSuccessStatusCode: true }
        );
    }

    /// <summary>SIGKILL.</summary>
    public void Kill(int gateway) => _gateways[gateway].Kill();

    /// <summary>SIGTERM, and the exit code.</summary>
    public Task<int> TerminateAsync(int gateway) => _gateways[gateway].TerminateAsync();

    /// <summary>What a gateway has printed.</summary>
    public string OutputOf(int gateway) => _gateways[gateway].Output.ToString();

    /// <summary>The records of a gateway that wait for the server, as its health says.</summary>
    public async Task<long> BacklogAsync(int gateway) =>
        JsonDocument
            .Parse(await _clients[gateway].GetStringAsync("/health"))
            .RootElement.GetProperty("ledger")
            .GetProperty("server")
            .GetProperty("backlog")
            .GetInt64();

    /// <summary>Changes the gateways' database without their knowledge.</summary>
    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(_database, sql);

    /// <summary>A command in a gateway's own data folder.</summary>
    public Task<(int Code, string Output)> RunInAsync(int gateway, params string[] arguments) =>
        RunInAsync(_folders[gateway], arguments);

    /// <summary>As if a holder had not been heard of for the time of its lease.</summary>
    public Task EndLeaseAsync(Guid holder) =>
        _server.ExecuteAsync(
            _database,
            $"UPDATE limit_holders SET lease_end = now() - interval '1 second' WHERE holder = '{holder}'"
        );

    /// <summary>A command on the gateways' database, as a user with another data folder runs it.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await RunInAsync(folder, arguments);
    }

    /// <summary>SIGKILL, and another start in the same folder.</summary>
    public async Task KillAndRestartAsync(int gateway)
    {
        _gateways[gateway].Kill();
        await StartAsync(gateway);
    }

    /// <summary>
    /// One call; its name is its session and its name on the bill. Null if it is to be repeated: the gateway was
    /// killed meanwhile, or could not decide in time.
    /// </summary>
    public async Task<HttpStatusCode?> CallAsync(
        int gateway,
        string script,
        int mostTokens,
        string model = "gpt-4o",
        bool stream = false
    )
    {
        try
        {
            using var answer = await SendAsync(gateway, script, mostTokens, model, stream);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                return answer.StatusCode;
            LastUnavailable = $"Gateway {gateway}: {text}\n{OutputOf(gateway)}";
            // On a slow machine ten gateways may wait too long for their turn at the counters. Callers are told to come
            // again, and do.
            return text.Contains("limits_unavailable", StringComparison.Ordinal) ? null : answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>The head of an answer, whose body is still to come.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        int gateway,
        string script,
        int mostTokens,
        string model = "gpt-4o",
        bool stream = false
    )
    {
        var name = $"call{Interlocked.Increment(ref _calls)}";
        var body =
            $$"""{"model":"{{model}}","max_tokens":{{mostTokens}},"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"[[sim id={{name}} {{script}}]]"}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-tollgate-session", name);
        return await _clients[gateway].SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>
    /// Waits until no gateway holds anything: all calls are booked, and what they did not need is given back.
    /// </summary>
    public Task SettleAsync() =>
        Eventually.BecomesTrueAsync(async () =>
            (await Store.Limits.ListHoldersAsync()).All(static holder => holder.Leases.Count == 0)
        );

    /// <summary>The counter of a limit.</summary>
    public async Task<LimitCount> CountAsync(int limit = 0) =>
        (await Store.Limits.ReadAsync([_limits[limit].Limit]))[0];

    /// <summary>What the provider wants to be paid, once nothing is under way there.</summary>
    public async Task<decimal> BillAsync()
    {
        using var client = new HttpClient { BaseAddress = Provider.BaseAddress };
        using var audit = JsonDocument.Parse(await client.GetStringAsync("/bill/audit?wait=20000"));
        return decimal.Parse(audit.RootElement.GetProperty("total_usd").GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>All records on the server, by the names of their calls.</summary>
    public async Task<ILookup<string, UsageRecord>> RecordsAsync()
    {
        var records = new List<UsageRecord>();
        await foreach (var record in Store.ReadAsync(new()))
            records.Add(record);
        return records.ToLookup(static record => record.Attribution.Session!);
    }

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

    private async Task<(int Code, string Output)> RunInAsync(TemporaryFolder folder, string[] arguments)
    {
        var run = await GatewayProcess.RunAsync([.. arguments, "--data", folder.Path], ("DATABASE_URL", _url));
        return (run.ExitCode, run.Output + run.Error);
    }

    private string FileOf(int gateway) => Path.Combine(_folders[gateway].Path, "tollgate.yaml");

    private string Configuration() =>
        $$"""
            ledger: {database: "{{_url}}"}
            routing: {retries: 0}
            providers:
              openai: {base_url: {{Provider.BaseAddress}}v1, api_key: simulated}
            limits: [{{string.Join(", ", _limits.Select(static limit => limit.Yaml))}}]
            {{_more}}
            """;
}
