using System.Data.Common;
using System.Diagnostics;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Metering.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// Callers who each book one record after another straight into a server's store, a commit each; and, as the limit, as many
/// who each insert eight values into a plain table without indexes, on one connection each.
/// </summary>
internal static class StoreRun
{
    public static async Task<string> MeasureAsync(ILedgerStore store, string name, int callers, int records)
    {
        var calls = Calls.Make(records);
        await store.MigrateAsync();
        await store.AppendAsync([calls[0].Booked]); // Makes the month's partition, and the first connection.
        var measurement = new Measurement($"{name}, append", callers, records);
        var latencies = await RunAsync(callers, calls.Length, _ => (ICaller)new StoreCaller(store), call => calls[call].Booked);
        return measurement.Row(records, latencies);
    }

    public static async Task<string> MeasureRawAsync(DbDataSource server, string name, int callers, int records)
    {
        var calls = Calls.Make(records);
        await using (var connection = await server.OpenConnectionAsync())
        {
            await using var make = connection.CreateCommand();
            make.CommandText =
                "DROP TABLE IF EXISTS raw_usage; CREATE TABLE raw_usage (id VARCHAR(40), started_at BIGINT, provider VARCHAR(40), model VARCHAR(40), " +
                "input BIGINT, output BIGINT, cost NUMERIC(38, 12), response VARCHAR(40))";
            await make.ExecuteNonQueryAsync();
        }

        var measurement = new Measurement($"{name}, raw INSERT", callers, records);
        var latencies = await RunAsync(callers, calls.Length, _ => new RawCaller(server.OpenConnection()), call => calls[call].Booked);
        return measurement.Row(records, latencies);
    }

    private static async Task<long[]> RunAsync(int callers, int records, Func<int, ICaller> callerOf, Func<int, UsageRecord> recordOf)
    {
        var latencies = new long[records];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            await using var own = callerOf(caller);
            while (Interlocked.Increment(ref next) is var call && call < records)
            {
                var started = Stopwatch.GetTimestamp();
                await own.BookAsync(recordOf(call));
                latencies[call] = Stopwatch.GetTimestamp() - started;
            }
        })));
        return latencies;
    }

    private interface ICaller : IAsyncDisposable
    {
        Task BookAsync(UsageRecord record);
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
            insert.CommandText = "INSERT INTO raw_usage VALUES (@id, @at, @provider, @model, @input, @output, @cost, @response)";
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
