using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>Booking, asking and moving usage from the command line, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class AccountingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_can_be_tracked_is_in_the_view()
    {
        await DoneAsync(
            "track",
            "--model",
            "gpt-4",
            "--prompt-tokens",
            "100",
            "--completion-tokens",
            "50",
            "--total-tokens",
            "150",
            "--local-prompt-tokens",
            "99",
            "--local-completion-tokens",
            "51",
            "--local-total-tokens",
            "150",
            "--cost",
            "0.006",
            "--execution-time",
            "1.5",
            "--caller-name",
            "app",
            "--username",
            "ada",
            "--project",
            "engine",
            "--session",
            "s1",
            "--timestamp",
            "2026-06-30T10:00:00Z",
            "--cached-tokens",
            "10",
            "--reasoning-tokens",
            "5"
        );

        var row = JsonDocument
            .Parse(
                await DoneAsync(
                    "select",
                    "--format",
                    "json",
                    "--query",
                    "WITH all_of AS (SELECT * FROM accounting_entries) SELECT * FROM all_of"
                )
            )
            .RootElement[0];
        row.GetProperty("datetime").GetString().ShouldStartWith("2026-06-30 10:00:00");
        (string Name, decimal Value)[] numbers =
        [
            ("prompt_tokens", 100),
            ("completion_tokens", 50),
            ("total_tokens", 150),
            ("local_prompt_tokens", 99),
            ("local_completion_tokens", 51),
            ("local_total_tokens", 150),
            ("cached_tokens", 10),
            ("reasoning_tokens", 5),
        ];
        foreach (var (name, value) in numbers)
            row.GetProperty(name).GetDecimal().ShouldBe(value, name);
        row.GetProperty("caller_name").GetString().ShouldBe("app");
        row.GetProperty("session").GetString().ShouldBe("s1");
    }

    [Theory]
    [InlineData(2, "--model", "track", "--prompt-tokens", "5")]
    [InlineData(2, "--bogus", "track", "--model", "x", "--bogus")]
    [InlineData(2, "not a date", "stats", "--start", "yesterday")]
    [InlineData(2, "one period", "stats", "--daily", "--weekly")]
    [InlineData(2, "not a date", "stats", "--start", "2026-02-30")]
    [InlineData(
        2,
        "ends at '2026-03-01', before it begins at '2026-03-02'",
        "stats",
        "--start",
        "2026-03-02",
        "--end",
        "2026-03-01"
    )]
    [InlineData(2, "before it begins", "export", "--from", "2026-03-02", "--to", "2026-03-01")]
    [InlineData(
        2,
        "--prompt-tokens must be a whole number up to 9223372036854775807, not 'many'",
        "track",
        "--model",
        "x",
        "--prompt-tokens",
        "many"
    )]
    [InlineData(
        2,
        "--prompt-tokens must be a whole number",
        "track",
        "--model",
        "x",
        "--prompt-tokens",
        "99999999999999999999"
    )]
    [InlineData(2, "--cost must be a number such as 0.25, not '1,5'", "track", "--model", "x", "--cost", "1,5")]
    [InlineData(2, "--id must be a UUID, not '7'", "track", "--model", "x", "--id", "7")]
    [InlineData(2, "'colour' is not one of model, provider, key, user,", "stats", "--by", "colour")]
    [InlineData(2, "-n must be a whole number up to 2147483647, not 'x'", "tail", "-n", "x")]
    [InlineData(2, "--limit must be at least 1", "select", "--query", "SELECT 1", "--limit", "0")]
    [InlineData(2, "time zone", "stats", "--timezone", "Mars/Base")]
    [InlineData(2, "not a valid age", "purge", "--older-than", "long")]
    [InlineData(1, "Cost must not be negative, but is '-1'.", "track", "--model", "x", "--cost", "-1")]
    [InlineData(1, "'/nope.csv'", "import", "/nope.csv")]
    [InlineData(1, "'/nope/x.csv'", "export", "--output", "/nope/x.csv")]
    [InlineData(1, "PromptTokens", "track", "--model", "x", "--prompt-tokens", "-5")]
    [InlineData(1, "is read-only", "select", "--query", "DELETE FROM usage")]
    [InlineData(1, "Add -y", "purge")]
    [InlineData(2, "--retry and --discard are mutually exclusive", "db", "quarantine", "--retry", "--discard")]
    [InlineData(2, "--yes requires --discard", "db", "quarantine", "-y")]
    [InlineData(2, "--yes requires --discard", "db", "refused", "-y")]
    [InlineData(1, "does not exist", "import", "/nope.db", "--format", "llm-accounting")]
    public async Task Errors_are_one_line_and_an_exit_code(int exitCode, string says, params string[] arguments)
    {
        await DoneAsync("track", "--model", "gpt-4o-mini", "--prompt-tokens", "1");
        using var command = Start(arguments);
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(exitCode);
        command.StandardOutput.ToString().Trim().ShouldBeEmpty();
        var error = command.Output.ToString().Trim();
        error.ShouldStartWith("tollgate: ");
        error.ShouldContain(says);
        error.Split('\n').Length.ShouldBe(1, error);
        error.ShouldNotContain("Parameter");
        error.ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_named_and_left_alone()
    {
        var file = Path.Combine(_folder.Path, "tollgate.db");
        await File.WriteAllTextAsync(file, "no database at all");
        foreach (var arguments in new string[][] { ["tail"], ["track", "--model", "x"] })
        {
            using var command = Start(arguments);
            await command.WaitForExitAsync();
            command.ExitCode.ShouldBe(1);
            command.Output.ToString().ShouldContain($"'{file}' is not a SQLite database");
        }

        (await File.ReadAllTextAsync(file)).ShouldBe("no database at all");
    }

    [Fact]
    public async Task The_last_day_of_the_calendar_is_a_day_like_others()
    {
        await DoneAsync("track", "--model", "x", "--prompt-tokens", "1");
        (await DoneAsync("stats", "--end", "9999-12-31", "--format", "json")).ShouldContain("\"calls\": 1");
    }

    [Fact]
    public async Task An_export_can_be_imported_elsewhere_once()
    {
        foreach (var project in new[] { "a", "b,\"c\"" })
            await DoneAsync("track", "--model", "gpt-4o-mini", "--prompt-tokens", "1000", "--project", project);
        var file = Path.Combine(_folder.Path, "usage.csv");
        await DoneAsync("export", "--output", file);
        using var other = new TemporaryFolder();

        (await RunAsync(other, "import", file)).ShouldBe("2 rows: 2 recorded, 0 already recorded, 0 rejected.");
        (await RunAsync(other, "import", file)).ShouldBe("2 rows: 0 recorded, 2 already recorded, 0 rejected.");
        (await RunAsync(other, "stats", "--by", "project", "--format", "csv")).ShouldBe(
            await DoneAsync("stats", "--by", "project", "--format", "csv")
        );
    }

    [Fact]
    public async Task Statistics_go_by_day_of_a_time_zone_and_survive_purging()
    {
        foreach (var time in new[] { "2026-06-29T23:30:00Z", "2026-06-30T10:00:00Z", "2026-06-30T22:30:00Z" })
            await DoneAsync(
                "track",
                "--model",
                "gpt-4",
                "--prompt-tokens",
                "10",
                "--completion-tokens",
                "1",
                "--cost",
                "1",
                "--timestamp",
                time
            );

        var days = JsonDocument
            .Parse(await DoneAsync("stats", "--over", "day", "--timezone", "Europe/Berlin", "--format", "json"))
            .RootElement;
        days.EnumerateArray()
            .Select(day => (day.GetProperty("start").GetString(), day.GetProperty("calls").GetInt64()))
            .ShouldBe([("2026-06-30T00:00:00+02:00", 2), ("2026-07-01T00:00:00+02:00", 1)]);

        (await DoneAsync("purge", "-y", "--older-than", "2026-06-30")).ShouldBe("Removed 1 records.");
        JsonDocument
            .Parse(await DoneAsync("stats", "--format", "json"))
            .RootElement[0]
            .GetProperty("cost_usd")
            .GetDecimal()
            .ShouldBe(3m, "sums stay");
        (await DoneAsync("purge", "-y")).ShouldBe("Removed 2 records.");
        JsonDocument
            .Parse(await DoneAsync("stats", "--format", "json"))
            .RootElement[0]
            .GetProperty("calls")
            .GetInt64()
            .ShouldBe(0);
    }

    [Fact]
    public async Task The_schema_can_be_created_in_advance()
    {
        using var before = Start("db", "status");
        await before.WaitForExitAsync();
        before.ExitCode.ShouldBe(1);
        before.Output.ToString().ShouldContain("tollgate db migrate");
        foreach (var step in new[] { "migrate", "status" })
        {
            var schemas = JsonDocument
                .Parse(await DoneAsync("db", step, "--format", "json"))
                .RootElement.EnumerateArray()
                .ToList();
            schemas.Select(row => row.GetProperty("database").GetString()).ShouldBe(["ledger", "transcripts"]);
            schemas.ShouldAllBe(row => row.GetProperty("state").GetString() == "up to date");
        }
    }

    [Fact]
    public async Task Quarantined_records_are_shown_and_retried_on_demand()
    {
        await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "1", "--username", "ada");
        (await DoneAsync("db", "quarantine", "--format", "csv")).Split('\n').Length.ShouldBe(1, "only titles");
        await ExecuteAsync(
            "UPDATE usage SET refused_at = 1751371200000000, refusal = 'PostgreSQL refuses to book: no_poison (23514)'"
        );

        var row = JsonDocument
            .Parse(await DoneAsync("db", "quarantine", "--format", "json"))
            .RootElement.EnumerateArray()
            .ShouldHaveSingleItem();
        row.GetProperty("reason").GetString().ShouldBe("PostgreSQL refuses to book: no_poison (23514)");
        row.GetProperty("user").GetString().ShouldBe("ada");

        using var retry = GatewayProcess.Start(
            ["db", "quarantine", "--retry", "--data", _folder.Path],
            ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
        );
        await retry.WaitForExitAsync();
        retry.ExitCode.ShouldBe(0, retry.Output.ToString());
        retry.Output.ToString().ShouldContain("1 records are being sent again.");
        (await DoneAsync("db", "quarantine", "--format", "csv")).Split('\n').Length.ShouldBe(1);
        (await DoneAsync("tail", "--format", "csv")).ShouldContain("gpt-4");
    }

    [Fact]
    public async Task Discarding_quarantined_records_leaves_a_trace()
    {
        foreach (var user in new[] { "ada", "bob" })
            await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "1", "--username", user);
        await ExecuteAsync("UPDATE usage SET refused_at = 1751371200000000, refusal = 'no_poison' WHERE user = 'ada'");

        using var asks = Start("db", "quarantine", "--discard");
        await asks.WaitForExitAsync();
        (asks.ExitCode, asks.Output.ToString().Trim()).ShouldBe(
            (1, "tollgate: db quarantine --discard requires confirmation, and this session is not interactive. Add -y.")
        );
        var kept = JsonDocument
            .Parse(await DoneAsync("db", "quarantine", "--format", "json"))
            .RootElement.EnumerateArray()
            .ShouldHaveSingleItem();

        var discarded = JsonDocument
            .Parse(await DoneAsync("db", "quarantine", "--discard", "--yes", "--format", "json"))
            .RootElement.EnumerateArray()
            .ShouldHaveSingleItem();

        discarded.GetRawText().ShouldBe(kept.GetRawText(), "what goes is shown");
        (await DoneAsync("db", "quarantine", "--format", "json")).ShouldBe("[]");
        (await DoneAsync("tail", "--format", "csv")).ShouldNotContain("ada");
        (await DoneAsync("tail", "--format", "csv")).ShouldContain("bob");
        var change = JsonDocument.Parse(await DoneAsync("audit", "list", "--format", "json")).RootElement[0];
        change.GetProperty("action").GetString().ShouldBe("record.discard");
        change.GetProperty("target").GetString().ShouldBe(kept.GetProperty("call").GetString());
        change
            .GetProperty("before")
            .GetProperty("record")
            .GetProperty("attribution")
            .GetProperty("user")
            .GetString()
            .ShouldBe("ada");
    }

    [Fact]
    public async Task Sums_that_an_older_version_left_out_are_found_and_repaired()
    {
        await DoneAsync(
            "track",
            "--model",
            "gpt-4",
            "--prompt-tokens",
            "1",
            "--cost",
            "2.5",
            "--timestamp",
            "2026-06-30T10:00:00Z"
        );
        await ExecuteAsync("DELETE FROM usage_days");

        using var check = Start("db", "check", "--format", "csv");
        await check.WaitForExitAsync();
        check.ExitCode.ShouldBe(1);
        check
            .StandardOutput.ToString()
            .ShouldContain(
                "by day and names,by 15 minutes and "
                    + "names,1,2026-06-30T00:00:00.000Z,2026-06-30T00:00:00.000Z,1,2.5,0,wrong: run 'tollgate db "
                    + "check --repair'"
            );
        (await DoneAsync("db", "check", "--repair", "--format", "csv")).ShouldContain("1,2.5,0,repaired");

        (await DoneAsync("db", "check", "--format", "csv"))
            .Split('\n')
            .Skip(1)
            .ShouldAllBe(row => row.TrimEnd().EndsWith(",0,,,0,0,0,right"));
        (await DoneAsync("stats", "--by", "model", "--format", "csv")).ShouldContain("gpt-4,1");
    }

    [Fact]
    public async Task Tracking_continues_while_the_server_is_away()
    {
        using var track = GatewayProcess.Start(
            ["track", "--model", "gpt-4", "--prompt-tokens", "1", "--data", _folder.Path],
            ("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none")
        );
        await track.WaitForExitAsync();
        track.ExitCode.ShouldBe(0, track.Output.ToString());
        track.Output.ToString().ShouldNotContain("secret");

        // What waits for the server is in the spool, and a ledger without a server has it.
        (await DoneAsync("tail", "--format", "csv")).ShouldContain("gpt-4");
    }

    [Fact]
    public async Task A_usage_is_priced_by_the_file_that_the_configuration_names_even_where_a_route_is_broken()
    {
        var prices = Path.Combine(_folder.Path, "agreed.json");
        await File.WriteAllTextAsync(
            prices,
            """
            {"provider": "openai",
             "models": [{"model": "gpt-4o", "rates": [{"usd_per_million": {"input": "1", "output": "4"}}]}]}
            """
        );
        var configuration = Path.Combine(_folder.Path, "tollgate.yaml");
        await File.WriteAllTextAsync(
            configuration,
            "prices: { file: agreed.json }\nmodels: [{ name: gpt-4o, deployments: [{ provider: nobody-knows }] }]\n"
        );

        using var track = GatewayProcess.Start(
            ["track", "--model", "gpt-4o", "--prompt-tokens", "1000000", "--format", "csv", "--data", _folder.Path],
            ("TOLLGATE_CONFIG", configuration)
        );
        await track.WaitForExitAsync();

        track.ExitCode.ShouldBe(0, track.Output.ToString());
        track.StandardOutput.ToString().Split('\n')[1].Split(',')[1].ShouldBe("1");
    }

    private Task<string> DoneAsync(params string[] arguments) => RunAsync(_folder, arguments);

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("table")]
    public async Task A_selection_ends_at_the_limit_and_is_marked_as_cut(string format)
    {
        await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "1");
        const string Query =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'a,b' AS t FROM n";

        using var select = Start("select", "--query", Query, "--format", format, "--limit", "30000");
        await select.WaitForExitAsync();

        select.ExitCode.ShouldBe(0, select.Output.ToString());
        select.Output.ToString().ShouldContain("There are more than these 30,000 rows.");
        var printed = select.StandardOutput.ToString().Trim();
        if (format == "json")
            JsonDocument
                .Parse(printed)
                .RootElement.EnumerateArray()
                .Last()
                .GetProperty("i")
                .GetInt64()
                .ShouldBe(30_000);
        else
            printed.Split('\n')[^1].TrimEnd().ShouldBe(format == "csv" ? "30000,\"a,b\"" : "30000\ta,b");
        (await DoneAsync("select", "--query", Query + " LIMIT 20000", "--format", "csv"))
            .Split('\n')
            .Length.ShouldBe(20_001, "without a limit a program gets all");
    }

    [Fact]
    public async Task A_selection_of_exactly_the_limit_is_whole()
    {
        await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "1");
        using var select = Start("select", "--query", "SELECT model FROM accounting_entries", "--limit", "1");
        await select.WaitForExitAsync();
        select.Output.ToString().ShouldNotContain("more rows");
        (
            await DoneAsync("select", "--query", "SELECT model FROM accounting_entries WHERE 0", "--format", "json")
        ).ShouldBe("[]");
    }

    [Fact]
    public async Task A_value_that_starts_with_an_at_sign_is_recorded_unchanged()
    {
        var file = Path.Combine(_folder.Path, "arguments");
        await File.WriteAllTextAsync(file, "--cost 5");

        await DoneAsync("track", "--model", "@cf/meta/llama", "--session", "@" + file, "--prompt-tokens", "1");

        var query = "SELECT model, session, cost FROM accounting_entries";
        (await DoneAsync("select", "--query", query, "--format", "csv")).ShouldEndWith($"\n@cf/meta/llama,@{file},");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder.Path, "tollgate.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private GatewayProcess Start(params string[] arguments) =>
        GatewayProcess.Start([.. arguments, "--data", _folder.Path]);

    private static async Task<string> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        (await GatewayProcess.RunAsync([.. arguments, "--data", folder.Path])).ShouldSucceed();
}
