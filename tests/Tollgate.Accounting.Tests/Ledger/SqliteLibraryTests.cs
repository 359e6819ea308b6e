using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>Which native SQLite a program has after it has opened a ledger: one, in a process of its own.</summary>
[Trait("Needs", "Process")]
public sealed class SqliteLibraryTests : LedgerFixture
{
    private const int Callers = 8,
        Pairs = 250;

    /// <summary>
    /// With two, a connection that the one opened came into the hands of the other, which ended the process. Load and
    /// several threads make that happen, if it can: pooled connections of before are used after.
    /// </summary>
    [Fact]
    public async Task A_program_that_has_used_SQLite_before_its_ledger_keeps_that_one_and_no_other()
    {
        var own = Folder.File("own.db");
        var (code, lines) = await RunAsync(own);

        code.ShouldBe(0, string.Join('\n', lines.TakeLast(20)));
        var mapped = lines.Where(static line => line.StartsWith("mapped ", StringComparison.Ordinal)).ToList();
        Path.GetFileName(mapped.ShouldHaveSingleItem())
            .ShouldStartWith("libe_sqlite3", Case.Sensitive, "what the driver's package brings");
        await using var ledger = await OpenAsync();
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(Callers * Pairs);
        using var connection = new SqliteConnection($"Data Source={own};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM own";
        command.ExecuteScalar().ShouldBe((long)(Callers * Pairs));
    }

    private async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(string own)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Tollgate.CrashTarget.dll"),
            Folder.Path,
            $"{Callers}",
            "",
            $"{Pairs}",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OWN_DATABASE"] = own;
        start.Environment.Remove("TOLLGATE_SQLITE"); // Else there is only one in any case.
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, [.. (await output).Split('\n'), .. (await errors).Split('\n')]);
    }
}
