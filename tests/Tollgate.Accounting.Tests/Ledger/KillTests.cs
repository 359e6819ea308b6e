using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>A real process, really killed. TOLLGATE_LONG=1 runs twenty rounds in place of three.</summary>
[Trait("Needs", "Process")]
public sealed class KillTests : LedgerFixture
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 20 : 3;

    [Theory]
    [InlineData(LedgerDurability.Strict)]
    [InlineData(LedgerDurability.Process)]
    public async Task Records_acknowledged_before_a_kill_are_in_the_ledger_exactly_once(LedgerDurability durability)
    {
        var random = new Random(20260701);
        var opened = new HashSet<Guid>();
        var booked = new HashSet<Guid>();
        for (var round = 0; round < Rounds; round++)
            await RunAndKillAsync(durability, killAtLine: random.Next(1, 8000), opened, booked);

        await using var ledger = await OpenAsync();
        var records = await ledger.Query.TailAsync(int.MaxValue);

        booked.ShouldNotBeEmpty();
        records.Select(record => record.Id).Distinct().Count().ShouldBe(records.Count);
        var reported = records
            .Where(record => record.UsageSource == UsageSource.Reported)
            .Select(record => record.Id.Call)
            .ToHashSet();
        booked.Except(reported).ShouldBeEmpty("acknowledged as booked");
        opened
            .Except(records.Select(record => record.Id.Call))
            .ShouldBeEmpty("acknowledged as opened, hence reported or estimated");
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(records.Count);
        using var connection = SqliteConnections.OpenForQueries(Options.DatabasePath);
        connection.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Theory]
    [InlineData("migrate.lock")]
    [InlineData(LedgerOptions.FileName)]
    [InlineData(LedgerOptions.FileName + "-wal")]
    [InlineData("gateways")]
    public async Task A_kill_during_start_and_migration_leaves_a_usable_folder(string killWhenThereIs)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var options = Options with { DataFolder = Folder.File($"{round}") };
            using (var process = Start(LedgerDurability.Strict, options.DataFolder))
            {
                var seen = Path.Combine(options.DataFolder, killWhenThereIs);
                // Without a pause: the process must be killed right after the file appears.
                SpinWait.SpinUntil(() => Path.Exists(seen), TimeSpan.FromSeconds(30)).ShouldBeTrue();
                process.Kill();
                await process.WaitForExitAsync();
            }

            await using var ledger = await UsageLedger.OpenAsync(options);
            await ledger.AppendAsync(Record());
        }
    }

    private static Process Start(LedgerDurability durability, string folder)
    {
        var victim = Path.Combine(AppContext.BaseDirectory, "Tollgate.CrashTarget.dll");
        var start = new ProcessStartInfo("dotnet", [victim, folder, "8"]) { RedirectStandardOutput = true };
        start.Environment["LEDGER_DURABILITY"] = $"{durability}";
        return Process.Start(start)!;
    }

    private async Task RunAndKillAsync(
        LedgerDurability durability,
        int killAtLine,
        HashSet<Guid> opened,
        HashSet<Guid> booked
    )
    {
        using var process = Start(durability, Folder.Path);
        for (var line = 1; await process.StandardOutput.ReadLineAsync() is { } text; line++)
        {
            // The last line may be cut, but only behind a whole id: a shorter one promises nothing.
            var parts = text.Split(' ');
            if (parts.Length == 2 && Guid.TryParseExact(parts[1], "D", out var id))
                (parts[0] == "opened" ? opened : booked).Add(id);
            if (line == killAtLine)
                process.Kill();
        }

        await process.WaitForExitAsync();
    }
}
