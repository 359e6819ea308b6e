using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Simulations;

/// <summary>Handles computations that Ctrl-C ended.</summary>
internal static class Cancellation
{
    /// <summary>Runs on a thread pool thread. Cancellation before there is any result is an error.</summary>
    /// <exception cref="InvalidDataException">It was canceled before there was any result.</exception>
    public static async Task<T> RunAsync<T>(Func<T> ask)
    {
        try
        {
            return await Task.Run(ask, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidDataException("Canceled before there was anything to show.");
        }
    }

    /// <summary>Reports an incomplete result, and returns the exit code.</summary>
    public static async Task<int> ReportAsync(TextWriter error, long done, long all, string what)
    {
        if (done >= all)
            return ExitCodes.Success;
        await error.WriteLineAsync(
            FormattableString.Invariant($"Stopped after {done} of {all} {what}: what is shown is about those.")
        );
        return ExitCodes.Failed;
    }
}
