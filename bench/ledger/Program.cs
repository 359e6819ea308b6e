using System.Data.Common;
using MySqlConnector;
using Npgsql;
using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Ledger.Bench;

// Usage: bench/ledger [--pairs N] [--callers 1,8,64,256] [--folder DIR]
//    or: bench/ledger --store URL [--raw CONNECTION] [--pairs N] [--callers 1,8,64]
//    or: bench/ledger --queries RECORDS [--database URL] [--folder DIR]
//    or: bench/ledger --scale RECORDS --ledger DIR [--database URL] [--only TEXT]
var pairs = int.Parse(Option("--pairs", "200000"));
var callers = Option("--callers", "1,8,64,256").Split(',').Select(int.Parse).ToArray();
var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"tollgate-bench-{Environment.ProcessId}");

if (Option("--scale", "") is { Length: > 0 } size)
{
    // The ledger stays, because filling it takes long.
    var options = new LedgerOptions { DataFolder = Option("--ledger", folder) };
    if (Option("--database", "") is { Length: > 0 } url)
        options = options.WithUrl(url, PostgreSqlStores.Factory, MySqlStores.Factory);
    await ScaleRun.RunAsync(options, int.Parse(size), Option("--only", ""), Console.Out);
    return;
}

if (Option("--queries", "") is { Length: > 0 } records)
{
    var options = new LedgerOptions { DataFolder = folder };
    if (Option("--database", "") is { Length: > 0 } url)
        options = options.WithUrl(url, PostgreSqlStores.Factory, MySqlStores.Factory);
    await using var store = options.OpenStore();
    await QueryRun.RunAsync(store, int.Parse(records), Console.Out);
    await UseCaseRun.RunAsync(options, Console.Out);
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
    return;
}

if (Option("--store", "") is { Length: > 0 } server)
{
    ILedgerStoreFactory[] factories = [PostgreSqlStores.Factory, MySqlStores.Factory];
    // A separate store each time.
    LedgerOptions At() => new LedgerOptions { DataFolder = folder }.WithUrl(server, factories);
    var name = new Uri(server).Scheme;
    await using DbDataSource? peer =
        Option("--raw", "") is not { Length: > 0 } raw ? null
        : name.StartsWith("postgres", StringComparison.Ordinal) ? NpgsqlDataSource.Create(raw)
        : new MySqlDataSource(raw);
    Console.WriteLine(Measurement.Head);
    await using (var store = At().OpenStore())
        await store.MigrateAsync();
    await StoreRun.MeasureAsync(At(), name, 64, Math.Min(pairs, 5_000)); // Compiles the code that is measured below.
    foreach (var count in callers)
    {
        var each = count == 1 ? pairs / 10 : pairs;
        Console.WriteLine(await StoreRun.MeasureAsync(At(), name, count, each));
        await using (var store = At().OpenStore())
            Console.WriteLine(await StoreRun.MeasureStraightAsync(store, name, count, pairs / 50));
        if (peer is not null)
            Console.WriteLine(await StoreRun.MeasureRawAsync(peer, name, count, each));
    }

    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
    return;
}

Console.WriteLine(Measurement.Head);
try
{
    // Compiles the code that is measured below.
    await LedgerRun.MeasureAsync(Path.Combine(folder, "warm"), 64, Math.Min(pairs, 40_000));
    foreach (var count in callers)
        Console.WriteLine(
            await LedgerRun.MeasureAsync(Path.Combine(folder, $"{count}"), count, count == 1 ? pairs / 20 : pairs)
        );
    await RawInserts.MeasureAsync(Path.Combine(folder, "raw-warm"), 20_000, 64);
    foreach (var batch in callers)
        Console.WriteLine(
            await RawInserts.MeasureAsync(Path.Combine(folder, $"raw{batch}"), batch == 1 ? pairs / 20 : pairs, batch)
        );
}
finally
{
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
}

string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
