using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Some gates as users start them (<c>tollgate serve</c>), each with a data folder of its own, on one PostgreSQL and in
/// front of one simulated provider.
/// </summary>
internal sealed class SharedGates : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<TemporaryFolder> _folders;
    private readonly GateProcess[] _gates;
    private readonly HttpClient[] _clients;
    private readonly SharedLimit[] _limits;
    private readonly string _url,
        _more;
    private readonly PostgreSqlServer _server;
    private readonly string _database;
    private int _calls;

    private SharedGates(
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
        (_gates, _clients) = (new GateProcess[count], new HttpClient[count]);
        Store = new PostgreSqlLedgerStore(_url);
    }

    public SimulatedProviderServer Provider { get; }

    public PostgreSqlLedgerStore Store { get; }

    public int Count => _gates.Length;

    /// <summary>Starts gates whose configuration has some limits and nothing else of note.</summary>
    public static Task<SharedGates> StartAsync(PostgreSqlServer server, int count, params SharedLimit[] limits) =>
        StartWithAsync(server, count, "", limits);

    /// <param name="server">The server; the gates get a database of their own.</param>
    /// <param name="count">How many gates.</param>
    /// <param name="more">What else stands in their configuration.</param>
    /// <param name="limits">Their limits.</param>
    public static async Task<SharedGates> StartWithAsync(
        PostgreSqlServer server,
        int count,
        string more,
        params SharedLimit[] limits
    )
    {
        var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var gates = new SharedGates(provider, server, await server.CreateDatabaseAsync(), count, limits, more);
        for (var gate = 0; gate < count; gate++)
            await File.WriteAllTextAsync(gates.FileOf(gate), gates.Configuration());
        await Task.WhenAll(Enumerable.Range(0, count).Select(gates.StartAsync));
        return gates;
    }

    /// <summary>Starts a gate, or starts it again in its folder.</summary>
    public async Task StartAsync(int gate)
    {
        _gates[gate] = GateProcess.Start([
            "serve",
            "--urls",
            "http://127.0.0.1:0",
            "--data",
            _folders[gate].Path,
            "--config",
            FileOf(gate),
        ]);
        _clients[gate] = new HttpClient { BaseAddress = await _gates[gate].Address, Timeout = Patience };
    }

    /// <summary>SIGKILL.</summary>
    public void Kill(int gate) => _gates[gate].Kill();

    /// <summary>SIGTERM, and the exit code.</summary>
    public Task<int> TerminateAsync(int gate) => _gates[gate].TerminateAsync();

    /// <summary>What a gate has printed.</summary>
    public string OutputOf(int gate) => _gates[gate].Output.ToString();

    /// <summary>The records of a gate that wait for the server, as its health says.</summary>
    public async Task<long> BacklogAsync(int gate) =>
        JsonDocument
            .Parse(await _clients[gate].GetStringAsync("/health"))
            .RootElement.GetProperty("ledger")
            .GetProperty("server")
            .GetProperty("backlog")
            .GetInt64();

    /// <summary>Changes the gates' database behind their backs.</summary>
    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(_database, sql);

    /// <summary>A command in a gate's own data folder.</summary>
    public async Task<(int Code, string Output)> RunInAsync(int gate, params string[] arguments)
    {
        using var command = GateProcess.Start([.. arguments, "--data", _folders[gate].Path], ("DATABASE_URL", _url));
        await command.WaitForExitAsync();
        return (command.ExitCode, command.Output.ToString());
    }

    /// <summary>As if a holder had not been heard of for the time of its lease.</summary>
    public Task EndLeaseAsync(Guid holder) =>
        _server.ExecuteAsync(
            _database,
            $"UPDATE limit_holders SET lease_end = now() - interval '1 second' WHERE holder = '{holder}'"
        );

    /// <summary>A command on the gates' database, as somebody with another data folder runs it.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var command = GateProcess.Start([.. arguments, "--data", folder.Path], ("DATABASE_URL", _url));
        await command.WaitForExitAsync();
        return (command.ExitCode, command.Output.ToString());
    }

    /// <summary>SIGKILL, and another start in the same folder.</summary>
    public async Task KillAndRestartAsync(int gate)
    {
        _gates[gate].Kill();
        await StartAsync(gate);
    }

    /// <summary>
    /// One call; its name is its session and its name on the bill. Null where it is to be repeated: the gate was killed
    /// meanwhile, or could not decide in time.
    /// </summary>
    public async Task<HttpStatusCode?> CallAsync(
        int gate,
        string script,
        int mostTokens,
        string model = "gpt-4o",
        bool stream = false
    )
    {
        try
        {
            using var answer = await SendAsync(gate, script, mostTokens, model, stream);
            var text = await answer.Content.ReadAsStringAsync();
            // On a slow machine ten gates may wait too long for their turn at the counters. Callers are told to come
            // again, and do.
            return
                answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && text.Contains("limits_unavailable", StringComparison.Ordinal)
                ? null
                : answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>The head of an answer, whose body is still to come.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        int gate,
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
        return await _clients[gate].SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>
    /// Waits until no gate holds anything: all calls are booked, and what they did not need is given back.
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
        foreach (var gate in _gates)
            gate?.Dispose();
        foreach (var client in _clients)
            client?.Dispose();
        await Store.DisposeAsync();
        await Provider.DisposeAsync();
        foreach (var folder in _folders)
            folder.Dispose();
    }

    private string FileOf(int gate) => Path.Combine(_folders[gate].Path, "tollgate.yaml");

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

/// <summary>A limit as a configuration writes it.</summary>
/// <param name="Text">Such as <c>total_cost=10</c>.</param>
/// <param name="Model">The model that alone it concerns.</param>
/// <param name="AlertAt">Its thresholds, as a list in YAML.</param>
internal sealed record SharedLimit(string Text, string? Model = null, string AlertAt = "[]")
{
    public Limit Limit { get; } =
        LimitText
            .Parse(Text)
            .ToLimit(Model is null ? LimitScope.Global : LimitScope.Create(new ScopeTerm(LimitDimension.Model, Model)));

    public string Yaml =>
        $"{{limit: {Text}, alert_at: {AlertAt}{(Model is null ? "" : $", scope: {{model: {Model}}}")}}}";

    public static implicit operator SharedLimit(string text) => new(text);
}
