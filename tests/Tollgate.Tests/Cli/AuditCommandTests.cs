using System.Net;
using System.Text.Json;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>The audit log and the log of refusals from the command line, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_can_be_written_and_read_by_hand()
    {
        var call = "019e0000-0000-7000-8000-000000000001";
        await DoneAsync(
            "log-event",
            "--type",
            "response",
            "--message",
            "checked, by hand",
            "--user",
            "ada",
            "--project",
            "engine",
            "--application",
            "app",
            "--session",
            "s1",
            "--model",
            "gpt-4",
            "--provider",
            "openai",
            "--completion-id",
            "chatcmpl-1",
            "--prompt-text",
            "why?",
            "--response-text",
            "because",
            "--call",
            call,
            "--timestamp",
            "2026-06-30T10:00:00Z"
        );
        await DoneAsync("log-event", "--message", "another");

        var entry = JsonDocument.Parse(await DoneAsync("transcripts", "show", call, "--format", "json")).RootElement[0];
        (string Name, string Value)[] values =
        [
            ("time", "2026-06-30T10:00:00Z"),
            ("type", "response"),
            ("call", call),
            ("provider", "openai"),
            ("model", "gpt-4"),
            ("user", "ada"),
            ("project", "engine"),
            ("session", "s1"),
            ("application", "app"),
            ("completion_id", "chatcmpl-1"),
            ("message", "checked, by hand"),
            ("prompt_text", "why?"),
            ("response_text", "because"),
        ];
        foreach (var (name, value) in values)
            entry.GetProperty(name).GetString().ShouldBe(value, name);

        var list = (await DoneAsync("transcripts", "list", "--format", "csv")).Split('\n');
        list.Length.ShouldBe(3);
        list[1].ShouldContain("another");
        list[2].ShouldContain("\"checked, by hand\"");
        list[2].ShouldNotContain("because");
        (await DoneAsync("transcripts", "list", "--texts", "--user", "ada", "--to", "2026-06-30")).ShouldContain(
            "because"
        );
        (await DoneAsync("transcripts", "list", "--user", "nobody", "--format", "json")).ShouldBe("[]");
    }

    [Fact]
    public async Task Entries_are_purged_by_the_configured_age_or_another()
    {
        await DoneAsync("log-event", "--message", "old", "--timestamp", "2020-01-01");
        await DoneAsync("log-event", "--message", "new");

        (await DoneAsync("transcripts", "purge", "-y")).ShouldBe("Removed 1 rows.");
        (await DoneAsync("transcripts", "list", "--format", "csv")).ShouldContain("new");
        (await DoneAsync("transcripts", "purge", "-y", "--older-than", "0d")).ShouldBe("Removed 1 rows.");
    }

    [Theory]
    [InlineData(2, "nothing to log", "log-event", "--user", "ada")]
    [InlineData(2, "thing", "log-event", "--type", "thing", "--message", "x")]
    [InlineData(2, "is not a valid time", "log-event", "--message", "x", "--timestamp", "soon")]
    [InlineData(2, "not a date", "transcripts", "list", "--from", "yesterday")]
    [InlineData(2, "-n must be", "denials", "list", "-n", "0")]
    [InlineData(2, "-n must be", "refusals", "list", "-n", "0")]
    [InlineData(2, "argument missing", "transcripts", "show")]
    [InlineData(2, "nothing", "transcripts", "show", "nothing")]
    [InlineData(2, "not a valid age", "transcripts", "purge", "--older-than", "long")]
    [InlineData(1, "has no entries for call", "transcripts", "show", "019e0000-0000-7000-8000-000000000002")]
    [InlineData(1, "Add -y", "transcripts", "purge")]
    public async Task Errors_are_one_line_and_an_exit_code(int exitCode, string says, params string[] arguments)
    {
        using var command = GatewayProcess.Start([.. arguments, "--data", _folder.Path]);
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(exitCode, command.Output.ToString());
        command.StandardOutput.ToString().Trim().ShouldBeEmpty();
        var error = command.Output.ToString().Trim();
        error.ShouldStartWith("tollgate: ");
        error.ShouldContain(says);
        error.Split('\n').Length.ShouldBe(1, error);
    }

    [Fact]
    public async Task A_database_that_is_away_is_one_line_without_its_password()
    {
        using var command = GatewayProcess.Start(
            ["transcripts", "list", "--data", _folder.Path],
            ("AUDIT_DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none")
        );
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(1);
        command.Output.ToString().Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("tollgate: ");
        command.Output.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Records_of_a_gateway_can_be_read_while_it_runs_and_afterward()
    {
        await File.WriteAllTextAsync(
            _folder.File("tollgate.yaml"),
            """
            transcripts: {texts: all, max_text: 1KiB}
            providers: {openai: {base_url: 'http://127.0.0.1:1/v1', api_key: x}}
            routing: {retries: 0}
            """
        );
        string call;
        using (var gate = GatewayProcess.Serve(_folder.Path))
        {
            using var client = await gate.ConnectAsync();
            using var answer = await client.PostJsonAsync(
                "/v1/chat/completions",
                """{"model":"gpt-4o","messages":[{"role":"user","content":"where?"}]}"""
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
            call = answer.Headers.GetValues("x-tollgate-request-id").Single();
            (await client.PostAsync("/v1/nowhere", null)).Dispose();
            var health = JsonDocument.Parse(await client.GetStringAsync("/health")).RootElement;
            var transcripts = health.GetProperty("transcripts");
            transcripts.GetProperty("available").GetBoolean().ShouldBeTrue();
            transcripts.GetProperty("dropped").GetInt64().ShouldBe(0);
            (await client.GetStringAsync("/metrics")).ShouldContain("tollgate_transcripts_available 1");
            await DoneAsync("transcripts", "list");
            (await gate.TerminateAsync()).ShouldBe(0);
        }

        JsonDocument
            .Parse(await DoneAsync("transcripts", "show", call, "--format", "json"))
            .RootElement[0]
            .GetProperty("prompt_text")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain("where?");
        var refusal = JsonDocument
            .Parse(await DoneAsync("denials", "list", "--format", "json"))
            .RootElement.EnumerateArray()
            .ShouldHaveSingleItem();
        refusal.GetProperty("code").GetString().ShouldBe("unknown_route");
        refusal.GetProperty("count").GetInt64().ShouldBe(1);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder.File("audit.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<string> DoneAsync(params string[] arguments) =>
        (await CommandRun.RunProgramAsync([.. arguments, "--data", _folder.Path])).ShouldSucceed();
}
