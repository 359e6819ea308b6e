namespace Tollgate.Cli.Parsing;

/// <summary>Waits for Ctrl-C or SIGTERM.</summary>
internal static class Shutdown
{
    /// <summary>
    /// Completes when the process is asked to stop; System.CommandLine cancels the token on both signals.
    /// </summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(asked.SetResult);
        await asked.Task;
    }
}
