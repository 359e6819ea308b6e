using System.CommandLine;
using Tollgate.Cli.Serving;
using Tollgate.Testing;
using Tollgate.Tests.Configuration;

namespace Tollgate.Tests.Cli;

public sealed class ConfigCommandTests : ConfigFolder
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void Check_prints_the_routes_with_the_keys_masked()
    {
        Environment["OPENAI_API_KEY"] = "sk-secret";
        Write(
            "tollgate.yaml",
            "models: [{name: small, deployments: [openai/gpt-4o-mini, {provider: openai, model: x, weight: 3}], "
                + "fallbacks: [big]}, {name: big, deployments: [{provider: openai, base_url: "
                + "'https://user:pass@api.openai.com/v1?k=query'}]}]"
        );
        Run("check").ShouldBe(0);
        _output
            .ToString()
            .ShouldContain("model small -> openai/gpt-4o-mini, https://api.openai.com/v1, key ****, 25 %");
        _output.ToString().ShouldContain("model small falls back to big");
        foreach (var secret in new[] { "sk-", "pass", "query" })
            (_output.ToString() + _error).ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("serve")]
    public void Errors_are_printed_and_the_exit_code_is_two(string command)
    {
        Write("tollgate.yaml", "routng: {}\ntimeouts: {idle: 5}");
        Run(command).ShouldBe(2);
        _error.ToString().ShouldContain("Did you mean 'routing'?");
        _error.ToString().ShouldContain("timeouts.idle");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_file_ends_with_two()
    {
        Run("check", "--config", "nowhere.yaml").ShouldBe(2);
        _error.ToString().ShouldContain("nowhere.yaml: error: The file does not exist.");
    }

    [Fact]
    public void Serve_refuses_an_open_address_without_keys()
    {
        Run("serve", "--urls", "http://0.0.0.0:0").ShouldNotBe(0);
        _error.ToString().ShouldContain("tollgate keys create");
    }

    [Fact]
    public async Task Serve_on_loopback_without_keys_reports_that_it_is_open()
    {
        using var stop = new CancellationTokenSource();
        var serving = Command("serve").Parse(["--urls", "http://127.0.0.1:0"]).InvokeAsync(Console(), stop.Token);
        await Eventually.BecomesTrueAsync(() =>
            serving.IsCompleted || _error.ToString()!.Contains("no virtual key exists")
        );
        _output.ToString().ShouldContain("Tollgate is listening on http://127.0.0.1:");
        await stop.CancelAsync();
        (await serving.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
    }

    private int Run(string command, params string[] arguments) =>
        (
            command == "serve" ? Command(command).Parse(arguments) : Command(command).Parse([command, .. arguments])
        ).Invoke(Console());

    private Command Command(string command) =>
        command == "serve"
            ? ServeCommand.Create(() => Request, TimeProvider.System)
            : ConfigCommand.Create(() => Request);

    private InvocationConfiguration Console() =>
        new() { Output = TextWriter.Synchronized(_output), Error = TextWriter.Synchronized(_error) };
}
