using System.Diagnostics;
using System.Globalization;

namespace Tollgate.Testing.Gateways;

/// <summary>The program in its own process, started as a user starts it.</summary>
public sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data, StandardOutput);
        process.ErrorDataReceived += (_, line) => Read(line.Data, StandardError);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>
    /// The address that the gateway listens on, once it does. Fails if the process ends before.
    /// </summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>All that the process has printed, in order.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>Its standard output.</summary>
    public ProcessOutput StandardOutput { get; } = new();

    /// <summary>Its standard error.</summary>
    public ProcessOutput StandardError { get; } = new();

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>
    /// Starts <c>tollgate</c> with these arguments and variables. Keys and database addresses in this process's
    /// environment are not passed on.
    /// </summary>
    public static GatewayProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartUnder([], arguments, environment);

    /// <summary>
    /// Starts <c>tollgate serve</c> on a free port, with the configuration <c>tollgate.yaml</c> in the data folder if
    /// there is one.
    /// </summary>
    public static GatewayProcess Serve(string dataFolder, params (string Name, string Value)[] environment)
    {
        var configuration = Path.Combine(dataFolder, "tollgate.yaml");
        string[] arguments = ["serve", "--urls", "http://127.0.0.1:0", "--data", dataFolder];
        return Start(File.Exists(configuration) ? [.. arguments, "--config", configuration] : arguments, environment);
    }

    /// <summary>Runs a <c>tollgate</c> command in its own process until it ends.</summary>
    public static async Task<CommandRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, process.StandardOutput.ToString(), process.StandardError.ToString());
    }

    /// <summary>Runs a <c>tollgate</c> command with a text as its standard input until it ends.</summary>
    public static async Task<CommandRun> RunWithInputAsync(
        string input,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Start(arguments, environment);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, process.StandardOutput.ToString(), process.StandardError.ToString());
    }

    /// <summary>
    /// Starts <c>tollgate</c> through another program, which takes the command as its last arguments.
    /// </summary>
    /// <param name="starter">The other program and its own arguments.</param>
    /// <param name="arguments">The arguments for <c>tollgate</c>.</param>
    /// <param name="environment">The variables for <c>tollgate</c>.</param>
    public static GatewayProcess StartUnder(
        string[] starter,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        string[] command = [.. starter, .. ProgramUnderTest.Command, .. arguments];
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
    /// The scheduling policy of each thread as in sched(7), read from field 41 of proc_pid_stat(5).
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
                    int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[41 - 3], CultureInfo.InvariantCulture)
                );
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        return policies;
    }

    /// <summary>Sends SIGKILL: the process can write nothing more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends SIGTERM, as an operator does, and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Calls the gateway once it listens. The caller disposes the client.</summary>
    public async Task<GatewayClient> ConnectAsync() => new(await Address, new ProcessOutputHandler(this));

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Read(string? line, ProcessOutput output)
    {
        const string listening = "Tollgate is listening on ";
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The process ended before it listened: {Output}"));
            return;
        }

        output.AppendLine(line);
        Output.AppendLine(line);
        if (line.StartsWith(listening, StringComparison.Ordinal))
            _address.TrySetResult(new Uri(line[listening.Length..].Split([',', ' '])[0]));
    }
}
