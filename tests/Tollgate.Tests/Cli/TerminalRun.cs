using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>
/// The built program on a terminal of its own (util-linux's <c>script</c>), where Ctrl-C is the key: the terminal turns
/// it into a SIGINT. Its standard output goes to a file, so what the terminal shows is its standard error.
/// </summary>
internal sealed partial class TerminalRun : IDisposable
{
    private readonly Process _process;
    private readonly string _output;
    private readonly ProcessOutput _shown = new();

    private TerminalRun(Process process, string output) => (_process, _output) = (process, output);

    /// <summary>What the terminal showed so far.</summary>
    public string Shown => _shown.ToString();

    /// <summary>What the program printed for programs to read.</summary>
    public string Output => File.ReadAllText(_output);

    public static TerminalRun Start(string output, params string[] arguments)
    {
        string[] words = [.. ProgramUnderTest.Command, .. arguments];
        var command = $"exec {string.Join(' ', words.Select(Quoted))} > {Quoted(output)}";
        return new TerminalRun(
            Process.Start(
                // A shell makes its background processes ignore SIGINT, and all processes that those start.
                new ProcessStartInfo("env", ["--default-signal=INT", "script", "-qec", command, "/dev/null"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!,
            output
        );
    }

    /// <summary>
    /// Reads until the progress line tells more trials than these; fails where the program ends before.
    /// </summary>
    public async Task UntilTrialsAsync(long trials, CancellationToken cancellationToken)
    {
        var buffer = new char[512];
        while (TrialsDone() <= trials)
        {
            var count = await _process.StandardOutput.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                throw new InvalidOperationException($"It ended before {trials} trials: {Shown}");
            _shown.Append(new string(buffer, 0, count));
        }
    }

    /// <summary>Presses Ctrl-C and waits for the end; the exit code.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteAsync("\x03".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        _shown.Append(await _process.StandardOutput.ReadToEndAsync(cancellationToken));
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private long TrialsDone() =>
        Progress().Matches(Shown) is { Count: > 0 } lines
            ? long.Parse(lines[^1].Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : 0;

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\] ([\d,]+) of [\d,]+ trials, ")]
    private static partial Regex Progress();
}
