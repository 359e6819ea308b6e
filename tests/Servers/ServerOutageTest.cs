using System.Collections.Concurrent;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Servers;

/// <summary>
/// What a store does while its server is away. TOLLGATE_LONG=1 runs ten rounds of killing in place of two.
/// </summary>
/// <param name="server">No other class uses it, because it is stopped and killed.</param>
/// <param name="open">Makes a store of a connection string or URL.</param>
public abstract class ServerOutageTest<TServer, TStore>(TServer server, Func<string, TStore> open)
    : ServerStoreTest<TServer, TStore>(server, open)
    where TServer : IDatabaseServer
    where TStore : ISqlLedgerStore
{
    private readonly Func<string, TStore> _open = open;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 10 : 2;

    /// <summary>How messages call the server.</summary>
    protected abstract string Product { get; }

    /// <summary>The scheme of its URLs.</summary>
    protected abstract string Scheme { get; }

    /// <summary>What the server says of a wrong password.</summary>
    protected abstract string LoginRefused { get; }

    [Fact]
    public async Task While_the_server_is_away_calls_say_so_and_succeed_when_repeated_later()
    {
        var batch = Records(20, seed: 1);
        await Store.AppendAsync(Records(20, seed: 2));
        await Server.StopAsync();

        var failure = await Should.ThrowAsync<LedgerUnavailableException>(() => Store.AppendAsync(batch));
        failure.Message.ShouldContain($"{Product} at 127.0.0.1:{Server.Port}, database '{Database}'");
        failure.Message.ShouldContain("may be repeated");
        await Should.ThrowAsync<LedgerUnavailableException>(() => Open().MigrateAsync());
        await Should.ThrowAsync<LedgerUnavailableException>(() => TotalsAsync(Store));
        await Should.ThrowAsync<LedgerUnavailableException>(() => AllAsync(Store));
        await Should.ThrowAsync<LedgerUnavailableException>(() =>
            Store.SelectAsync("SELECT 1", TimeSpan.FromSeconds(5))
        );

        await Server.StartAsync();
        (await Store.AppendAsync(batch)).ShouldBe(20);
        (await Store.AppendAsync(batch)).ShouldBe(0);
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task A_restart_between_two_calls_fails_neither()
    {
        await Store.AppendAsync(Records(20, seed: 1));
        await Store.SelectAsync("SELECT 1", TimeSpan.FromSeconds(5));
        await Server.StopAsync();
        await Server.StartAsync();

        (await Store.AppendAsync(Records(20, seed: 2))).ShouldBe(20);
        (await Store.SelectAsync("SELECT * FROM accounting_entries", TimeSpan.FromSeconds(5))).Rows.Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_refused_login_is_reported_without_the_password()
    {
        await using var store = _open($"{Scheme}://tollgate:hunter2@127.0.0.1:{Server.Port}/{Database}");

        var failure = await Should.ThrowAsync<LedgerUnavailableException>(() => store.MigrateAsync());

        failure.Message.ShouldContain(LoginRefused);
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_server_killed_under_writers_loses_nothing_and_doubles_nothing()
    {
        var acknowledged = new ConcurrentBag<UsageRecord>();
        for (var round = 0; round < Rounds; round++)
            await KillUnderWritersAsync(round, acknowledged);

        var there = (await AllAsync(Store)).ToDictionary(record => record.Id);
        acknowledged.ShouldNotBeEmpty();
        acknowledged.ShouldAllBe(record => there[record.Id] == record);
        there.Count.ShouldBe(acknowledged.Count);
        await SumsShouldAgreeAsync(Store);
    }

    private async Task KillUnderWritersAsync(int round, ConcurrentBag<UsageRecord> acknowledged)
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, 6)
            .Select(writer => Task.Run(() => WriteAsync((round * 1000) + (writer * 100_000), acknowledged, stop.Token)))
            .ToList();
        for (var kill = 0; kill < 2; kill++)
        {
            await GrowsAsync(acknowledged, by: new Random(round + kill).Next(1, 2000));
            await Server.KillAsync();
            await Server.StartAsync();
        }

        await GrowsAsync(acknowledged, by: 1);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    private static Task GrowsAsync(ConcurrentBag<UsageRecord> records, int by)
    {
        var enough = records.Count + by;
        return Eventually.BecomesTrueAsync(() => records.Count >= enough);
    }

    /// <summary>Repeats each batch until it is acknowledged, as a spool does.</summary>
    private async Task WriteAsync(int seed, ConcurrentBag<UsageRecord> acknowledged, CancellationToken stop)
    {
        await using var store = OpenAt(Database);
        while (!stop.IsCancellationRequested)
        {
            var batch = Records(40, seed++);
            await Eventually.BecomesTrueAsync(() => TryAppendAsync(store, batch));
            foreach (var record in batch)
                acknowledged.Add(record);
        }
    }

    private static async Task<bool> TryAppendAsync(TStore store, List<UsageRecord> batch)
    {
        try
        {
            await store.AppendAsync(batch);
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }
}
