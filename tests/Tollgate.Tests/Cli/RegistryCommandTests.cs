using System.Text.Json;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>Users, projects, applications, sessions and keys from the command line, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class RegistryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Users_are_added_changed_deactivated_and_activated()
    {
        (await DoneAsync("users", "add", "ada", "--ou", "R&D", "--email", "ada@example.com")).ShouldBe(
            "Added the user 'ada'."
        );
        await DoneAsync("users", "add", "bob", "--team", "search");
        await DoneAsync("users", "update", "ada", "--email", "", "--organization-unit", "Sales");
        await DoneAsync("users", "deactivate", "ada");

        (await DoneAsync("users", "list")).ShouldBe(
            "name\torganization_unit\temail\tteam\tenabled\nada\tSales\t\t\tno\nbob\t\t\tsearch\tyes"
        );
        await DoneAsync("users", "activate", "ada");
        var ada = JsonDocument.Parse(await DoneAsync("users", "list", "--format", "json")).RootElement[0];
        (ada.GetProperty("enabled").GetBoolean(), ada.GetProperty("email").ValueKind).ShouldBe(
            (true, JsonValueKind.Null)
        );
    }

    [Theory]
    [InlineData("project")]
    [InlineData("application")]
    [InlineData("session")]
    public async Task Projects_and_their_like_are_added_changed_and_deleted(string kind)
    {
        await DoneAsync(kind + "s", "add", "x", "--description", "first");
        await DoneAsync(kind + "s", "update", "x", "--description", "a, \"b\"", "--enabled", "false");
        (await DoneAsync(kind + "s", "list", "--format", "csv")).ShouldBe(
            kind == "session"
                ? "name,description,enabled\nx,\"a, \"\"b\"\"\",no"
                : "name,description,team,enabled\nx,\"a, \"\"b\"\"\",,no"
        );
        (await DoneAsync(kind + "s", "delete", "x")).ShouldBe($"Removed the {kind} 'x'.");
        (await DoneAsync(kind + "s", "list", "--format", "json")).ShouldBe("[]");
    }

    [Theory]
    [InlineData(1, "already exists", "users", "add", "ada")]
    [InlineData(1, "There is no user 'eve'", "users", "deactivate", "eve")]
    [InlineData(1, "There is no project 'x'", "projects", "update", "x", "--description", "y")]
    [InlineData(1, "There is no session 'x'", "sessions", "delete", "x")]
    [InlineData(2, "1 to 256 characters", "projects", "add", " ")]
    [InlineData(1, "No key has the id or prefix 'tg-x'", "keys", "rotate", "tg-x")]
    [InlineData(2, "No change was specified", "users", "update", "ada")]
    [InlineData(2, "not a valid grace period", "keys", "rotate", "x", "--grace", "soon")]
    [InlineData(2, "is not valid metadata", "keys", "create", "--name", "n", "--metadata", "note")]
    [InlineData(2, "argument missing", "users", "add")]
    public async Task Errors_are_one_line_and_an_exit_code(int exitCode, string says, params string[] arguments)
    {
        await DoneAsync("users", "add", "ada");
        var (code, output, error) = await StartProcessAsync(arguments);
        code.ShouldBe(exitCode, error);
        output.ShouldBeEmpty();
        error.ShouldStartWith("tollgate: ");
        error.ShouldContain(says);
        error.Split('\n').Length.ShouldBe(1, error);
    }

    [Fact]
    public async Task A_key_gets_a_new_secret_and_keeps_its_id()
    {
        var secret = await DoneAsync(
            "keys",
            "create",
            "--name",
            "ci",
            "--team",
            "search",
            "--organization",
            "acme",
            "--metadata",
            "ticket=42"
        );
        var before = await KeyAsync();

        var renewed = await DoneAsync("keys", "rotate", before.GetProperty("id").GetString()!, "--grace", "24h");

        var after = await KeyAsync();
        renewed.ShouldStartWith("tg-");
        renewed.ShouldNotBe(secret);
        after.GetProperty("id").GetString().ShouldBe(before.GetProperty("id").GetString());
        after.GetProperty("prefix").GetString().ShouldBe(renewed[..9]);
        (
            after.GetProperty("team").GetString(),
            after.GetProperty("organization").GetString(),
            after.GetProperty("metadata").GetProperty("ticket").GetString()
        ).ShouldBe(("search", "acme", "42"));

        async Task<JsonElement> KeyAsync() =>
            JsonDocument.Parse(await DoneAsync("keys", "list", "--format", "json")).RootElement[0];
    }

    [Fact]
    public async Task Tracking_books_spent_usage_and_reports_a_breach_by_its_exit_code()
    {
        await DoneAsync("users", "add", "ada");
        await DoneAsync("users", "deactivate", "ada");

        var booked = await RunAsync("track", "--model", "gpt-4o", "--prompt-tokens", "5", "--username", "ada");
        booked.Code.ShouldBe(3);
        booked.Output.ShouldContain("0.0000125");
        booked.Error.ShouldContain("The user 'ada' is deactivated. It was recorded");

        var enforced = await RunAsync(
            "track",
            "--model",
            "gpt-4o",
            "--prompt-tokens",
            "5",
            "--username",
            "ada",
            "--enforce"
        );
        enforced.Code.ShouldBe(3);
        enforced.Output.ShouldBeEmpty();
        enforced.Error.ShouldContain("Nothing was recorded. Activate it: tollgate users activate 'ada'.");
        (await DoneAsync("tail", "--format", "csv")).Split('\n').Length.ShouldBe(2);

        (await RunAsync("track", "--model", "gpt-4o", "--prompt-tokens", "5", "--enforce")).Code.ShouldBe(0);
        var missing = await StartProcessAsync(
            ["track", "--model", "gpt-4o", "--prompt-tokens", "5", "--enforce"],
            ("TOLLGATE_REGISTRY_REQUIRE", "projects")
        );
        missing.Code.ShouldBe(3);
        missing.Error.ShouldContain("Name one with --project.");
    }

    [Fact]
    public async Task Enforcing_needs_a_directory_that_can_be_read()
    {
        var answer = await StartProcessAsync(
            ["track", "--model", "gpt-4", "--prompt-tokens", "1", "--enforce"],
            ("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none")
        );
        answer.Code.ShouldBe(1);
        answer.Error.ShouldContain("Cannot determine whether");
        answer.Error.ShouldNotContain("secret");
        (await DoneAsync("tail", "--format", "csv")).ShouldNotContain("gpt-4");
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
    private async Task<(int Code, string Output, string Error)> StartProcessAsync(
        string[] arguments,
        params (string, string)[] environment
    )
    {
        var command = await GatewayProcess.RunAsync([.. arguments, "--data", _folder.Path], environment);
        return (command.ExitCode, command.Output.Trim(), command.Error.Trim());
    }
}
