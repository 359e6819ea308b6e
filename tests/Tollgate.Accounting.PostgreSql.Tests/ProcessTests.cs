using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>
/// Processes of their own, each with a spool in front of one server. TOLLGATE_LONG=1 kills ten times in place of three.
/// </summary>
public sealed class ProcessTests(PostgreSqlServer server) : PostgreSqlTest(server), IClassFixture<PostgreSqlServer>
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 10 : 3;

    private string Url => Server.UrlTo(Database);

    [Fact]
    public async Task Ten_processes_on_one_server_lose_nothing_and_double_nothing()
    {
        const int callers = 4,
            pairs = 100;
        using var folder = new TemporaryFolder();
        var promised = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async process =>
                {
                    using var victim = Start(folder.File($"{process}"), callers, pairs);
                    var booked = await ReadAsync(victim, int.MaxValue);
                    victim.ExitCode.ShouldBe(0);
                    return booked;
                })
        );
        // What a process could not bring over before it ended is in its spool.
        for (var process = 0; process < 10; process++)
            await DrainAsync(folder.File($"{process}"));

        var there = (await AllAsync(Store)).Select(record => record.Id.Call).ToList();
        there.Count.ShouldBe(10 * callers * pairs);
        there.ToHashSet().SetEquals(promised.SelectMany(booked => booked)).ShouldBeTrue();
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task A_writer_killed_again_and_again_loses_nothing_that_it_acknowledged()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        var booked = new HashSet<Guid>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = Start(folder.Path, 8, int.MaxValue);
            booked.UnionWith(await ReadAsync(victim, killAtLine: random.Next(500, 6000)));
        }

        await DrainAsync(folder.Path);

        var there = await AllAsync(Store);
        there.Select(record => record.Id).Distinct().Count().ShouldBe(there.Count);
        booked.ShouldNotBeEmpty();
        booked
            .Except(there.Where(record => record.UsageSource == UsageSource.Reported).Select(record => record.Id.Call))
            .ShouldBeEmpty("acknowledged as booked");
        await SumsShouldAgreeAsync(Store);
    }

    private Process Start(string folder, int callers, int pairs) =>
        Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "Tollgate.CrashTarget.dll"),
                    folder,
                    $"{callers}",
                    Url,
                    $"{pairs}",
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;

    /// <summary>What the process says is booked, until it ends or is killed.</summary>
    private static async Task<HashSet<Guid>> ReadAsync(Process victim, int killAtLine)
    {
        var booked = new HashSet<Guid>();
        for (var line = 1; await victim.StandardOutput.ReadLineAsync() is { } text; line++)
        {
            var parts = text.Split(' ');
            if (parts is ["booked", var promise] && Guid.TryParseExact(promise, "D", out var id))
                booked.Add(id);
            if (line == killAtLine)
                victim.Kill();
        }

        await victim.WaitForExitAsync();
        return booked;
    }

    /// <summary>
    /// Opens the ledger in a folder, as the next start does, until everything in its spool has reached the server.
    /// </summary>
    private async Task DrainAsync(string folder)
    {
        await using var ledger = await UsageLedger.OpenAsync(
            new LedgerOptions { DataFolder = folder }.WithUrl(Url, PostgreSqlStores.Factory)
        );
        await Eventually.BecomesTrueAsync(async () =>
        {
            var health = await ledger.ReadHealthAsync();
            (health.StoreReachable == false ? health.StoreFailedAt : null).ShouldBeNull();
            return health.Backlog == 0;
        });
    }
}
