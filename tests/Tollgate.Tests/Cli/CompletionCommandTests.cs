using System.Diagnostics;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>Completion in a real shell.</summary>
[Trait("Needs", "Process")]
public sealed class CompletionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tollgate pri", "prices")]
    [InlineData("tollgate prices d", "diff")]
    [InlineData("tollgate export --form", "--format")]
    [InlineData("tollgate export --format f", "focus focus-parquet")]
    [InlineData("tollgate completion z", "zsh")]
    public async Task Bash_completes_what_the_program_offers(string line, string offered) =>
        (await BashAsync(line)).ShouldBe(offered);

    [Fact]
    public async Task Bash_offers_nothing_that_does_not_begin_with_the_word() =>
        (await BashAsync("tollgate riced")).ShouldBe("");

    [Theory]
    [InlineData("bash", "complete -o default -o bashdefault -F _tollgate tollgate")]
    [InlineData("zsh", "compdef _tollgate tollgate")]
    [InlineData("fish", "complete -c tollgate")]
    public async Task Each_shell_has_its_script(string shell, string holds)
    {
        var command = await GatewayProcess.RunAsync(["completion", shell]);
        command.ShouldSucceed().ShouldContain(holds);
    }

    /// <summary>
    /// Loads the script as a user does, and asks for what the cursor at the end of the line is offered.
    /// </summary>
    private async Task<string> BashAsync(string line)
    {
        var program = Path.Combine(_folder.Path, "tollgate");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec {ProgramUnderTest.ShellCommand} \"$@\"\n");
        await Process.Start("chmod", ["+x", program]).WaitForExitAsync();
        var script = $$"""
            source <(tollgate completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=({{line}}) COMP_CWORD={{line.Split(' ').Length - 1}}
            _tollgate
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        using var bash = Process.Start(start)!;
        var answer = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0);
        return answer.Trim();
    }
}
