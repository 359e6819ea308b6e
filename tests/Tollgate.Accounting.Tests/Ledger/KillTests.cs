using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores.Sqlite;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>A real process, really killed. TOLLGATE_LONG=1 runs twenty rounds in place of three.</summary>
public sealed class KillTests : LedgerFixture
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 20 : 3;

    [Theory]
    [InlineData("")]
    [InlineData("bundled")] // The same with the SQLite library of the package.
    public async Task What_was_acknowledged_before_a_kill_is_in_the_ledger_exactly_once(string library)
    {
        var random = new Random(20260701);
        var opened = new HashSet<Guid>();
        var booked = new HashSet<Guid>();
        for (var round = 0; round < Rounds; round++)
            // The first lines come after start and migration, so a kill at line 0 hits those.
            await RunAndKillAsync(library, killAtLine: round == 0 ? 0 : random.Next(1, 8000), opened, booked);

        await using var ledger = await OpenAsync();
        var records = await ledger.Query.TailAsync(int.MaxValue);

        records.Select(record => record.Id).Distinct().Count().ShouldBe(records.Count);
        var reported = records.Where(record => record.UsageSource == UsageSource.Reported).Select(record => record.Id.Call).ToHashSet();
        booked.Except(reported).ShouldBeEmpty("acknowledged as booked");
        opened.Except(records.Select(record => record.Id.Call)).ShouldBeEmpty("acknowledged as opened, hence reported or estimated");
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(records.Count);
        using var connection = SqliteConnections.OpenForQueries(Options.DatabasePath);
        connection.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    private async Task RunAndKillAsync(string library, int killAtLine, HashSet<Guid> opened, HashSet<Guid> booked)
    {
        var victim = Path.Combine(AppContext.BaseDirectory, "Tollgate.LedgerVictim.dll");
        var start = new ProcessStartInfo("dotnet", [victim, Folder.Path, "8"]) { RedirectStandardOutput = true };
        start.Environment["TOLLGATE_SQLITE"] = library;
        using var process = Process.Start(start)!;
        if (killAtLine == 0) process.Kill();
        for (var line = 1; await process.StandardOutput.ReadLineAsync() is { } text; line++)
        {
            // The last line may be cut, but only behind a whole id: a shorter one promises nothing.
            var parts = text.Split(' ');
            if (parts.Length == 2 && Guid.TryParseExact(parts[1], "D", out var id)) (parts[0] == "opened" ? opened : booked).Add(id);
            if (line == killAtLine) process.Kill();
        }

        await process.WaitForExitAsync();
    }
}
