using System.Text.Json;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>Limits from the command line, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class LimitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Limits_of_several_scopes_are_set_in_one_call_and_setting_one_again_changes_its_amount()
    {
        (
            await DoneAsync(
                "limits",
                "set",
                "--global",
                "daily_tokens=150000",
                "--model",
                "gpt-4",
                "hourly_requests=75",
                "--user",
                "jane_doe",
                "daily_requests=300"
            )
        )
            .Split('\n')
            .ShouldBe([
                "Set tokens_per_day to 150000.",
                "Set requests_per_hour:model=gpt-4 to 75.",
                "Set requests_per_day:user=jane_doe to 300.",
            ]);
        (
            await DoneAsync(
                "limits",
                "set",
                "--user",
                "*",
                "--model",
                "gpt-4",
                "daily_cost=1.5",
                "rpm=5",
                "--mode",
                "soft",
                "--alert-at",
                "80,50",
                "--global",
                "daily_tokens=none"
            )
        ).ShouldContain("Set tokens_per_day to no limit (was 150000).");

        var rows = await RowsAsync("limits", "list");
        rows.Select(row => Text(row, "id"))
            .ShouldBe([
                "cost_per_day:user=*,model=gpt-4",
                "requests_per_day:user=jane_doe",
                "requests_per_hour:model=gpt-4",
                "requests_per_minute:user=*,model=gpt-4",
                "tokens_per_day",
            ]);
        (Text(rows[0], "amount"), Text(rows[0], "mode"), rows[0].GetProperty("alert_at")[1].GetInt32()).ShouldBe(
            ("1.5", "soft", 80)
        );
        rows[4].GetProperty("amount").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_limit_counts_what_its_window_has_spent_before_it_was_set()
    {
        await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "40", "--cost", "2.5", "--username", "ann");
        (
            await DoneAsync(
                "limits",
                "set",
                "--global",
                "daily_cost=10",
                "daily_tokens=100",
                "--user",
                "*",
                "monthly_tokens=100",
                "--model",
                "gpt-3",
                "daily_tokens=100"
            )
        )
            .Split('\n')
            .ShouldBe([
                "Set cost_per_day to $10. $2.5 of it is already used.",
                "Set tokens_per_day to 100. 40 of it is already used.",
                "Set tokens_per_month:user=* to 100.",
                "Set tokens_per_day:model=gpt-3 to 100.",
            ]);

        var file = Path.Combine(_folder.Path, "limits.yaml");
        await File.WriteAllTextAsync(file, "users: { ann: { total_requests: 7 } }");
        await DoneAsync("limits", "import", file);

        await DoneAsync("limits", "set", "--global", "daily_cost=20");
        var left = (await RowsAsync("limits", "check", "--user", "ann")).ToDictionary(
            row => Text(row, "limit")!,
            row => Text(row, "left")
        );
        left["cost_per_day"].ShouldBe("17.5", "it is counted once");
        left["tokens_per_day"].ShouldBe("60");
        left["tokens_per_month:user=*"].ShouldBe("60");
        left["total_requests:user=ann"].ShouldBe("6");
    }

    /// <summary>Unlike <c>limits check</c> it ends with 0 though one is spent: it is no check.</summary>
    [Fact]
    public async Task Show_without_a_name_shows_all_limits_with_what_is_used_of_them()
    {
        await DoneAsync("limits", "set", "--global", "yearly_requests=1", "--user", "bob", "yearly_tokens=100");
        await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "5", "--username", "ann");

        (await RowsAsync("limits", "show"))
            .Select(row => (Text(row, "limit"), Text(row, "used"), Text(row, "left")))
            .ShouldBe([("requests_per_year", "1", "0"), ("tokens_per_year:user=bob", "0", "100")], ignoreOrder: true);
        (await DoneAsync("limits", "show", "requests_per_year")).ShouldContain("amount");
    }

    [Theory]
    [InlineData(2, "has no scope before it", "limits", "set", "daily_tokens=1")]
    [InlineData(2, "No limit follows '--user'", "limits", "set", "--global", "daily_tokens=1", "--user", "ann")]
    [InlineData(2, "Did you mean 'daily_tokens'?", "limits", "set", "--global", "daily_tokns=1")]
    [InlineData(2, "negative", "limits", "set", "--global", "daily_tokens=-5")]
    [InlineData(2, "is set twice", "limits", "set", "--global", "daily_tokens=5", "tokens_per_day=6")]
    [InlineData(2, "require each other", "limits", "set", "--global", "daily_tokens=5", "--increase", "6")]
    [InlineData(2, "is not a known time zone", "limits", "set", "--global", "daily_tokens=5", "--timezone", "Mars")]
    [InlineData(1, "No key has the id or prefix 'nobody'", "limits", "set", "--key", "nobody", "daily_tokens=5")]
    [InlineData(2, "No limits are selected", "limits", "reset")]
    [InlineData(1, "There is no limit 'x'", "limits", "delete", "x")]
    [InlineData(1, "There is no limit 'x'", "limits", "show", "x")]
    [InlineData(1, "No counter matches", "limits", "reset", "--user", "nobody")]
    [InlineData(1, "No lease holder is named 'x'", "limits", "release", "x")]
    [InlineData(1, "No lease holder is named 'x'", "limits", "reclaim", "x")]
    [InlineData(2, "require each other", "limits", "set", "--global", "daily_tokens=5", "--raise", "6")]
    [InlineData(2, "--budget-duration '30 days' requires", "keys", "create", "--name", "n", "--budget-duration", "30d")]
    [InlineData(2, "not a valid amount", "keys", "create", "--name", "n", "--max-budget", "much")]
    public async Task Errors_are_one_line_and_an_exit_code(int exitCode, string says, params string[] arguments)
    {
        var (code, output, error) = await StartProcessAsync(arguments);
        code.ShouldBe(exitCode, error);
        output.ShouldBeEmpty();
        error.ShouldStartWith("tollgate: ");
        error.ShouldContain(says);
        error.Split('\n').Length.ShouldBe(1, error);
        (await DoneAsync("limits", "list", "--format", "json")).ShouldBe("[]");
    }

    [Fact]
    public async Task Track_books_beyond_a_limit_and_reports_it_and_enforcing_books_nothing()
    {
        await DoneAsync("limits", "set", "--user", "ann", "daily_requests=1");
        var first = await DoneAsync("track", "--model", "gpt-4", "--prompt-tokens", "5", "--username", "ann");
        first.ShouldContain("requests_per_day:user=ann=0");

        var enforced = await RunAsync(
            "track",
            "--model",
            "gpt-4",
            "--prompt-tokens",
            "5",
            "--username",
            "ann",
            "--enforce"
        );
        enforced.Code.ShouldBe(3);
        enforced.Output.ShouldBeEmpty();
        enforced.Error.ShouldContain("Rate limit exceeded: requests_per_day");
        enforced.Error.ShouldContain("Nothing was recorded.");
        var booked = await RunAsync("track", "--model", "gpt-4", "--prompt-tokens", "5", "--username", "ann");
        booked.Code.ShouldBe(3);
        booked.Error.ShouldContain("The limit 'requests_per_day:user=ann' is breached: 2 used of 1. It was recorded");
        (await DoneAsync("tail", "--format", "csv")).Split('\n').Length.ShouldBe(3);

        (await RunAsync("limits", "check")).Code.ShouldBe(3);
        var other = await DoneAsync("limits", "check", "--user", "bob");
        other.ShouldBe("No limit applies to such a call.");
        (await DoneAsync("limits", "reset", "--user", "ann", "-y")).ShouldContain("2 cleared");
        (await DoneAsync("limits", "check", "--user", "ann")).ShouldContain(
            "at most 1 requests in each day; 0 used, 0 reserved, 1 left. It resets at "
        );
        (await DoneAsync("audit", "list", "--action", "limit.reset", "--format", "json")).ShouldSatisfyAllConditions(
            static list => list.ShouldContain("\"target\": \"requests_per_day:user=ann\""),
            static list => list.ShouldContain("\"used\": 2"),
            static list => list.ShouldContain($"\"name\": \"{Environment.UserName}\"")
        );
    }

    [Theory]
    [InlineData(3, "gpt-4o")]
    [InlineData(0, "claude-sonnet-4-5")]
    [InlineData(0, "a-model-of-nobody")]
    [InlineData(0, "gpt-4o", "--provider", "azure")]
    public async Task A_limit_of_a_provider_is_checked_for_a_model_of_its(int code, string model, params string[] more)
    {
        await DoneAsync("limits", "set", "--provider", "openai", "daily_requests=0");

        (await RunAsync(["limits", "check", "--user", "ann", "--model", model, .. more])).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Twenty_processes_at_once_never_pass_a_limit_of_ten()
    {
        await DoneAsync("limits", "set", "--user", "ann", "yearly_requests=10");

        var codes = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    StartProcessAsync([
                        "track",
                        "--model",
                        "gpt-4",
                        "--prompt-tokens",
                        "5",
                        "--username",
                        "ann",
                        "--enforce",
                    ])
                )
        );

        codes.Count(run => run.Code == 0).ShouldBe(10, string.Join('\n', codes.Select(run => run.Error)));
        codes.Count(run => run.Code == 3).ShouldBe(10);
        (await DoneAsync("tail", "-n", "100", "--format", "csv")).Split('\n').Length.ShouldBe(11);
        Text((await RowsAsync(3, "limits", "check")).ShouldHaveSingleItem(), "left").ShouldBe("0");
    }

    [Fact]
    public async Task A_file_is_imported_again_and_what_was_set_at_run_time_stays()
    {
        var file = Path.Combine(_folder.Path, "limits.yaml");
        await File.WriteAllTextAsync(
            file,
            "global: {daily_tokens: 100000}\nmodels: {gpt-4: {hourly_requests: 50}}\nusers: {john_doe: "
                + "{daily_requests: 200}}"
        );
        await DoneAsync("limits", "import", file);
        await DoneAsync("limits", "set", "--global", "daily_tokens=5");

        await File.WriteAllTextAsync(file, "global: {daily_tokens: 7}\nmodels: {gpt-4: {hourly_requests: 60}}");
        var (code, output, error) = await RunAsync("limits", "import", file);

        code.ShouldBe(0);
        output.ShouldContain("Removed requests_per_day:user=john_doe");
        error.ShouldContain("tokens_per_day was set at run time and is unchanged; " + file + " defines 7.");
        (await RowsAsync("limits", "list"))
            .Select(row => $"{Text(row, "id")} {Text(row, "amount")} {Text(row, "owner")}")
            .ShouldBe([$"requests_per_hour:model=gpt-4 60 {file}", "tokens_per_day 5 "]);
        (await RunAsync("limits", "import", "/nowhere.yaml")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_has_the_limits_that_it_was_made_and_changed_with()
    {
        await DoneAsync(
            "keys",
            "create",
            "--name",
            "ci",
            "--max-budget",
            "10",
            "--soft-budget",
            "8",
            "--budget-duration",
            "30d",
            "--rpm-limit",
            "60",
            "--tpm-limit",
            "90000",
            "--max-parallel-requests",
            "5",
            "--model-max-budget",
            "gpt-4o=3"
        );
        var id = Text((await RowsAsync("keys", "list"))[0], "id");

        string[] before =
        [
            $"concurrent_requests:key={id} 5 hard",
            $"cost_per_30_days.soft:key={id} 8 soft",
            $"cost_per_30_days:key={id} 10 hard",
            $"cost_per_30_days:key={id},model=gpt-4o 3 hard",
            $"requests_per_minute:key={id} 60 hard",
            $"tokens_per_minute:key={id} 90000 hard",
        ];
        (await ListedAsync()).ShouldBe(before);
        await DoneAsync("keys", "update", id, "--max-budget", "20", "--budget-duration", "1mo", "--rpm-limit", "none");

        (await ListedAsync()).ShouldBe([
            before[0],
            before[1],
            before[3],
            $"cost_per_month:key={id} 20 hard",
            $"requests_per_minute:key={id}  hard",
            before[5],
        ]);

        async Task<IEnumerable<string>> ListedAsync() =>
            (await RowsAsync("limits", "list")).Select(row =>
                $"{Text(row, "id")} {Text(row, "amount")} {Text(row, "mode")}"
            );
    }

    private static string Text(JsonElement row, string column) => row.GetProperty(column).ToString();

    private Task<JsonElement[]> RowsAsync(params string[] arguments) => RowsAsync(0, arguments);

    private async Task<JsonElement[]> RowsAsync(int code, params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--format", "json"]);
        run.Code.ShouldBe(code, run.Error);
        return [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        code.ShouldBe(0, error);
        return output;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var command = await CommandRun.RunProgramAsync([.. arguments, "--data", _folder.Path]);
        return (command.ExitCode, command.Output.Trim(), command.Error.Trim());
    }

    /// <summary>The same in a process of its own.</summary>
    private async Task<(int Code, string Output, string Error)> StartProcessAsync(string[] arguments)
    {
        var command = await GatewayProcess.RunAsync([.. arguments, "--data", _folder.Path]);
        return (command.ExitCode, command.Output.Trim(), command.Error.Trim());
    }
}
