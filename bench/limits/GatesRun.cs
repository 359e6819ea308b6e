using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Limits.Bench;

/// <summary>Three gateway processes on one PostgreSQL, with and without limits, called in turn.</summary>
internal static class GatesRun
{
    private const int Gates = 3;

    private static readonly string[] Limits =
    [
        "{limit: total_cost=1000000}",
        "{limit: daily_requests=1000000000}",
        "{limit: hourly_rolling_tokens=1000000000000}",
        "{limit: monthly_output_tokens=1000000000000}",
        "{limit: hourly_requests=1000000000, scope: {model: gpt-4o}}",
    ];

    public static async Task RunAsync(string url, int seconds, int clients, int rounds, TextWriter output)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(
            new SimulatedProviderOptions { ListedCalls = 0 },
            default
        );
        await using (var store = new PostgreSqlLedgerStore(url))
            await store.MigrateAsync();
        await using var database = NpgsqlDataSource.Create(await ConnectionAsync(url));
        output.WriteLine("| gates | limits | calls/s | gates' CPU µs a call | statements per 1,000 calls |");
        output.WriteLine("| ---: | ---: | ---: | ---: | ---: |");
        var results = new Dictionary<int, List<Result>> { [0] = [], [Limits.Length] = [] };
        for (var round = 0; round < rounds; round++)
            foreach (var count in (int[])[0, Limits.Length])
            {
                var one = await MeasureAsync(url, database, provider.BaseAddress, Limits[..count], seconds, clients);
                results[count].Add(one);
                Console.Error.WriteLine($"round {round + 1}, {count} limits: {one}");
            }
        foreach (var (count, all) in results)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {Gates} | {count} | {Middle(all, static one => one.Rate):N0} | "
                        + $"{Middle(all, static one => one.Cpu):N1} | {Middle(all, static one => one.Statements):N1} |"
                )
            );
        var ratio = Middle(results[Limits.Length], static one => one.Rate) / Middle(results[0], static one => one.Rate);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nWith limits / without = {ratio:N2} (floor 0.80): {(ratio >= 0.8 ? "reached" : "MISSED")}"
            )
        );
    }

    private static async Task<Result> MeasureAsync(
        string url,
        NpgsqlDataSource database,
        Uri provider,
        string[] limits,
        int seconds,
        int clients
    )
    {
        var gates = new List<ServedGate>();
        try
        {
            for (var gate = 0; gate < Gates; gate++)
                gates.Add(await ServedGate.StartAsync(url, provider, limits));
            await LoadAsync(gates, clients, TimeSpan.FromSeconds(8)); // Compiles the code, and learns the demand.
            var (statements, cpu, started) = (
                await StatementsAsync(database),
                gates.Sum(static gate => gate.Cpu.TotalMicroseconds),
                Stopwatch.GetTimestamp()
            );
            var calls = await LoadAsync(gates, clients, TimeSpan.FromSeconds(seconds));
            var elapsed = Stopwatch.GetElapsedTime(started);
            return new Result(
                calls / elapsed.TotalSeconds,
                (gates.Sum(static gate => gate.Cpu.TotalMicroseconds) - cpu) / calls,
                (await StatementsAsync(database) - statements) * 1000.0 / calls
            );
        }
        finally
        {
            foreach (var gate in gates)
                await gate.DisposeAsync();
        }
    }

    private static async Task<long> LoadAsync(List<ServedGate> gates, int clients, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client => Task.Run(() => CallAsync(gates[client % gates.Count].Client, over.Token)))
        );
        return counts.Sum();
    }

    private static async Task<long> CallAsync(HttpClient client, CancellationToken over)
    {
        const string Body =
            """{"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"[[sim output=20]]"}]}""";
        var calls = 0L;
        for (; !over.IsCancellationRequested; calls++)
        {
            using var content = new StringContent(Body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("/v1/chat/completions", content, CancellationToken.None);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException(
                    $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}"
                );
        }

        return calls;
    }

    /// <summary>The number of statements that the database has executed, BEGIN and COMMIT included.</summary>
    private static async Task<long> StatementsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid "
                + "WHERE d.datname = current_database() AND s.query NOT LIKE '%pg_stat_statements%'"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> ConnectionAsync(string url)
    {
        var parsed = new Uri(url);
        var login = parsed.UserInfo.Split(':').Select(Uri.UnescapeDataString).ToArray();
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = parsed.Host,
            Port = parsed.Port,
            Username = login[0],
            Password = login.ElementAtOrDefault(1),
            Database = parsed.AbsolutePath[1..],
        };
        await using var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", connection);
        await command.ExecuteNonQueryAsync();
        return settings.ToString();
    }

    private static double Middle(List<Result> all, Func<Result, double> value) =>
        all.Select(value).Order().ElementAt(all.Count / 2);

    private sealed record Result(double Rate, double Cpu, double Statements);
}
