using System.Globalization;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>
/// Forecast, anomalies, what-if, simulation and analysis of a server's ledger. The same records in a file are the
/// measure: every answer must be the same to the last byte.
/// </summary>
public abstract class AnalysisOnServers : IDisposable
{
    private static readonly string[][] Questions =
    [
        ["forecast", "--format", "json", "--days", "7"],
        ["forecast", "--by", "user", "--format", "json", "--timezone", "Asia/Kolkata"],
        ["anomalies", "--by", "project", "--format", "json"],
        ["whatif", "--model", "gpt-4o-mini", "--format", "csv"],
        ["whatif", "--cache-rate", "0.4", "--format", "csv"],
        ["whatif", "--plan", "PLANS", "--format", "csv"],
        ["simulate", "run", "--ledger", "--plans", "PLANS", "--trials", "2000", "--format", "json"],
        ["analyze", "risk", "--ledger", "--format", "csv"],
        ["analyze", "correlations", "--ledger", "--columns", "input_tokens,cost_usd", "--format", "csv"],
    ];

    private readonly TemporaryFolder _here = new(),
        _there = new();

    /// <summary>The URL of a new, empty database.</summary>
    protected abstract Task<string> CreateDatabaseAsync();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task Every_question_has_the_same_answer_as_of_a_file()
    {
        var url = await CreateDatabaseAsync();
        var usage = Usage();
        foreach (var (folder, database) in ((TemporaryFolder, string?)[])[(_here, null), (_there, url)])
        {
            await AskAsync(
                folder,
                database,
                "limits",
                "set",
                "--global",
                "yearly_cost=100000",
                "daily_cost=5000",
                "hourly_cost=7",
                "--user",
                "*",
                "monthly_cost=4000"
            );
            (await AskAsync(folder, database, "import", usage)).ShouldContain(
                database is null ? "300 recorded" : "300 are being sent to the server"
            );
        }

        foreach (var question in Questions)
            await CompareAsync(question, url);
    }

    private async Task CompareAsync(string[] question, string url)
    {
        string[] asked = [.. question.Select(word => word == "PLANS" ? _here.File("plans.yaml") : word)];
        while (true)
        {
            var day = TimeProvider.System.GetUtcNow().Date;
            var (here, there) = (await AskAsync(_here, null, asked), await AskAsync(_there, url, asked));
            // Both must have been asked on one day.
            if (day != TimeProvider.System.GetUtcNow().Date)
                continue;
            here.Length.ShouldBeGreaterThan(100, string.Join(' ', asked));
            there.ShouldBe(here, string.Join(' ', asked));
            return;
        }
    }

    private static async Task<string> AskAsync(TemporaryFolder folder, string? database, params string[] arguments)
    {
        string[] words = [.. arguments, "--data", folder.File("data")];
        var command = database is null
            ? await CommandRun.RunProgramAsync(words)
            : await GatewayProcess.RunAsync(words, ("DATABASE_URL", database));
        return command.ShouldSucceed();
    }

    /// <summary>Three calls a day over a hundred days up to today, in two projects; one day stands out.</summary>
    private string Usage()
    {
        File.WriteAllText(
            _here.File("plans.yaml"),
            "[{kind: per-token, name: book, rates: gpt-4o}, {kind: bundle, name: pool, fee: 5, includedTokens: "
                + "1000000, overage: gpt-4o}]"
        );
        var rows = new List<string>
        {
            "datetime,model,provider,prompt_tokens,completion_tokens,cached_tokens,username,project",
        };
        for (var day = 0; day < 100; day++)
        {
            // At midnight UTC, so that today's calls are not ahead.
            var at = TimeProvider
                .System.GetUtcNow()
                .Date.AddDays(day - 99)
                .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            var tokens = (900_000 + (day * 37 % 11 * 20_000)) * (day % 7 < 5 ? 3 : 1) * (day == 80 ? 6 : 1);
            rows.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at},gpt-4o,openai,{tokens},{tokens / 9},{tokens / 3},ann,web"
                )
            );
            rows.Add(
                string.Create(CultureInfo.InvariantCulture, $"{at},gpt-4o,openai,{tokens / 2},{tokens / 20},0,bob,web")
            );
            rows.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at},claude-sonnet-4-5,anthropic,{tokens / 4},{tokens / 7},0,bob,\"api, v2\""
                )
            );
        }

        File.WriteAllLines(_here.File("usage.csv"), rows);
        return _here.File("usage.csv");
    }
}
