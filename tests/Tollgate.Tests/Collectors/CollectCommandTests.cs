using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Collectors;

/// <summary>The command as a process.</summary>
[Trait("Needs", "Process")]
public sealed class CollectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_is_killed_leaves_what_is_final_to_the_next_one()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isHeld = true;
        await using var server = await ReportServer.StartAsync(async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/usage/completions", StringComparison.Ordinal))
            {
                await ReportServer.SendAsync(
                    context,
                    """{"object":"page","data":[],"has_more":false,"next_page":null}"""
                );
                return;
            }

            var isSecond = context.Request.Query.ContainsKey("page");
            if (isSecond && isHeld)
            {
                held.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }

            await ReportServer.SendAsync(
                context,
                isSecond ? RecordedReports.OpenAICompletions2 : RecordedReports.OpenAICompletions1
            );
        });

        using (var killed = Start(server.Url))
        {
            await held.Task;
            killed.Kill();
        }

        isHeld = false;
        server.Asked.Clear();
        using var second = Start(server.Url);
        await second.WaitForExitAsync();
        second.ExitCode.ShouldBe(0, second.Output.ToString());
        server.Asked.First().ShouldContain("start_time=1790899200");
        var lines = second.StandardOutput.ToString().Trim().Split('\n');
        lines[1].ShouldStartWith("2026-10-01,openai,gpt-4o-mini-2024-07-18,key_abc,proj_abc,5,1000,300,0,4000,");
        lines.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_an_error_and_no_data()
    {
        using var command = Start(new Uri("http://127.0.0.1:9"));
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(1);
        command.StandardOutput.ToString().Trim().ShouldBeEmpty();
        command
            .Output.ToString()
            .ShouldContain("tollgate: http://127.0.0.1:9/v1/organization/usage/completions could not be reached: ");
        command.Output.ToString().ShouldNotContain("sk-admin-secret");
    }

    [Theory]
    [InlineData(1, "OPENAI_ADMIN_KEY is not set", "--provider", "openai", "--from", "2026-10-01", "--to", "2026-10-03")]
    [InlineData(
        2,
        "requires the provider google",
        "--provider",
        "openai",
        "--from",
        "2026-10-01",
        "--to",
        "2026-10-03",
        "--csv",
        "x.csv"
    )]
    [InlineData(2, "Reports are daily", "--provider", "openai", "--from", "2026-10-01T12:00:00Z", "--to", "2026-10-03")]
    [InlineData(1, "x.csv", "--provider", "google", "--from", "2026-10-01", "--to", "2026-10-03", "--csv", "x.csv")]
    public async Task Missing_and_wrong_options_are_reported(int exitCode, string message, params string[] arguments)
    {
        var command = await GatewayProcess.RunAsync(
            ["collect", .. arguments, "--data", _folder.Path],
            ("OPENAI_ADMIN_KEY", "")
        );
        command.ExitCode.ShouldBe(exitCode, command.Error);
        command.Error.ShouldContain(message);
    }

    private GatewayProcess Start(Uri url) =>
        GatewayProcess.Start(
            [
                "collect",
                "--provider",
                "openai",
                "--from",
                "2026-10-01",
                "--to",
                "2026-10-03",
                "--base-url",
                url.AbsoluteUri,
                "--format",
                "csv",
                "--data",
                _folder.Path,
            ],
            ("OPENAI_ADMIN_KEY", "sk-admin-secret")
        );
}
