using System.Diagnostics;
using Tollgate.Testing;
using Tollgate.Tests.Cli;

namespace Tollgate.Tests;

/// <summary>The program as a process of its own, on a free port, as a user would start it.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                StandardOutput.AppendLine(line.Data);
            Read(line.Data);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                StandardError.AppendLine(line.Data);
            Read(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it serves; fails where it ended before it did.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>What it printed, errors included.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>What it printed for programs to read.</summary>
    public ProcessOutput StandardOutput { get; } = new();

    /// <summary>What it printed for people to read.</summary>
    public ProcessOutput StandardError { get; } = new();

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>
    /// Starts <c>tollgate</c> with these arguments and variables, and nothing else from this process's environment that
    /// it reads.
    /// </summary>
    public static GatewayProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartUnder([], arguments, environment);

    /// <summary>Runs a command of <c>tollgate</c> in a process of its own until it ends.</summary>
    public static async Task<CommandRun> RunAsync(
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Start(arguments, environment);
        await process.WaitForExitAsync();
        return new CommandRun(
            process.ExitCode,
            process.StandardOutput.ToString(),
            process.StandardError.ToString()
        );
    }

    /// <summary>The same, started by another program that takes the command as its own last arguments.</summary>
    public static GatewayProcess StartUnder(
        string[] starter,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        string[] command = [.. starter, "dotnet", Path.Combine(AppContext.BaseDirectory, "tollgate.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        foreach (
            var name in start
                .Environment.Keys.Where(name =>
                    name.EndsWith("_API_KEY", StringComparison.Ordinal)
                    || name.EndsWith("DATABASE_URL", StringComparison.Ordinal)
                )
                .ToList()
        )
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>
    /// The scheduling policy of each of its threads by sched(7), as proc_pid_stat(5) has it in field 41.
    /// </summary>
    public IReadOnlyList<int> SchedulingPolicies()
    {
        var policies = new List<int>();
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{_process.Id}/task"))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(thread, "stat"));
                policies.Add(
                    int.Parse(
                        stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[41 - 3],
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                );
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        return policies;
    }

    /// <summary>SIGKILL: the process gets no chance to write anything.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as an operator or an orchestrator stops it.</summary>
    public async Task<int> TerminateAsync()
    {
        Process
            .Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            .WaitForExit();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        const string Serves = "Tollgate is listening on ";
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The gateway ended before it served: {Output}"));
            return;
        }

        Output.AppendLine(line);
        if (line.StartsWith(Serves, StringComparison.Ordinal))
            _address.TrySetResult(new Uri(line[Serves.Length..].Split([',', ' '])[0]));
    }
}
