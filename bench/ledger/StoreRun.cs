using System.Data.Common;
using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// Callers who each book one record after another in a ledger with a server behind it; and, as the upper limit, the
/// same number of callers who each insert eight values into a plain table of the server without indexes, on one
/// connection each.
/// </summary>
internal static class StoreRun
{
    /// <summary>
    /// Two rows: records durable before they reach the server, as a caller waits for them; and the same records once
    /// all are in the server.
    /// </summary>
    public static async Task<string> MeasureAsync(LedgerOptions options, string name, int callers, int records)
    {
        var calls = Calls.Make(records);
        await using var ledger = await UsageLedger.OpenAsync(options);
        var booked = (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls;
        var commits = (await ledger.ReadHealthAsync()).Commits;
        var durable = new Measurement($"{name}, durable before it", callers, records);
        var arrived = new Measurement($"{name}, in it", callers, records);
        var latencies = await RunAsync(
            callers,
            calls.Length,
            _ => (ICaller)new LedgerCaller(ledger),
            call => calls[call].Booked
        );
        var rows = durable.Row((await ledger.ReadHealthAsync()).Commits - commits, latencies);
        while ((await ledger.ReadHealthAsync()).Backlog > 0)
            await Task.Delay(5);
        rows += "\n" + arrived.Row((await ledger.ReadHealthAsync()).Commits - commits, null);
        booked = (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls - booked;
        return booked == records
            ? rows
            : throw new InvalidOperationException($"Only {booked} of {records} records are in the server.");
    }

    /// <summary>
    /// A program that uses the store without the ledger: each record is one transaction of the server.
    /// </summary>
    public static async Task<string> MeasureStraightAsync(ILedgerStore store, string name, int callers, int records)
    {
        var calls = Calls.Make(records);
        await store.AppendAsync([calls[0].Booked]); // Creates the month's partition, and the first connection.
        var measurement = new Measurement($"{name}, straight into it", callers, records);
        var latencies = await RunAsync(
            callers,
            calls.Length,
            _ => (ICaller)new StoreCaller(store),
            call => calls[call].Booked
        );
        return measurement.Row(records, latencies);
    }

    public static async Task<string> MeasureRawAsync(DbDataSource server, string name, int callers, int records)
    {
        var calls = Calls.Make(records);
        await using (var connection = await server.OpenConnectionAsync())
        {
            await using var make = connection.CreateCommand();
            make.CommandText =
                "DROP TABLE IF EXISTS raw_usage; CREATE TABLE raw_usage (id VARCHAR(40), started_at BIGINT, provider "
                + "VARCHAR(40), model VARCHAR(40), "
                + "input BIGINT, output BIGINT, cost NUMERIC(38, 12), response VARCHAR(40))";
            await make.ExecuteNonQueryAsync();
        }

        var measurement = new Measurement($"{name}, raw INSERT", callers, records);
        var latencies = await RunAsync(
            callers,
            calls.Length,
            _ => new RawCaller(server.OpenConnection()),
            call => calls[call].Booked
        );
        return measurement.Row(records, latencies);
    }

    private static async Task<long[]> RunAsync(
        int callers,
        int records,
        Func<int, ICaller> callerOf,
        Func<int, UsageRecord> recordOf
    )
    {
        var latencies = new long[records];
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        await using var own = callerOf(caller);
                        while (Interlocked.Increment(ref next) is var call && call < records)
                        {
                            var started = Stopwatch.GetTimestamp();
                            await own.BookAsync(recordOf(call));
                            latencies[call] = Stopwatch.GetTimestamp() - started;
                        }
                    })
                )
        );
        return latencies;
    }

    private interface ICaller : IAsyncDisposable
    {
        Task BookAsync(UsageRecord record);
    }

    private sealed class LedgerCaller(UsageLedger ledger) : ICaller
    {
        public Task BookAsync(UsageRecord record) => ledger.AppendAsync(record).AsTask();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class StoreCaller(ILedgerStore store) : ICaller
    {
        public Task BookAsync(UsageRecord record) => store.AppendAsync([record]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class RawCaller(DbConnection connection) : ICaller
    {
        public async Task BookAsync(UsageRecord record)
        {
            await using var insert = connection.CreateCommand();
            insert.CommandText =
                "INSERT INTO raw_usage VALUES (@id, @at, @provider, @model, @input, @output, @cost, @response)";
            Add("@id", record.Id.Call.ToString());
            Add("@at", record.StartedAt.UtcTicks);
            Add("@provider", record.Provider);
            Add("@model", record.Model);
            Add("@input", record.Usage.InputTokens);
            Add("@output", record.Usage.OutputTokens);
            Add("@cost", record.Cost?.Usd ?? 0);
            Add("@response", record.ResponseId!);
            await insert.ExecuteNonQueryAsync();

            void Add(string name, object value)
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                insert.Parameters.Add(parameter);
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
