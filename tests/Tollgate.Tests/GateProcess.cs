using System.Diagnostics;
using System.Text;

namespace Tollgate.Tests;

/// <summary>The program as a process of its own, on a free port, as a user would start it.</summary>
internal sealed class GateProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GateProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            lock (Output) StandardOutput.AppendLine(line.Data);
            Read(line.Data);
        };
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it serves; fails where it ended before it did.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>What it printed, errors included.</summary>
    public StringBuilder Output { get; } = new();

    /// <summary>What it printed for programs to read.</summary>
    public StringBuilder StandardOutput { get; } = new();

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts <c>tollgate</c> with these arguments and variables, and nothing else from this process's environment that it reads.</summary>
    public static GateProcess Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tollgate.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_API_KEY", StringComparison.Ordinal) || name.EndsWith("DATABASE_URL", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new GateProcess(Process.Start(start)!);
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
        Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        const string Serves = "Tollgate serves on ";
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The gate ended before it served: {Output}"));
            return;
        }

        lock (Output) Output.AppendLine(line);
        if (line.StartsWith(Serves, StringComparison.Ordinal)) _address.TrySetResult(new Uri(line[Serves.Length..].Split([',', ' '])[0]));
    }
}
