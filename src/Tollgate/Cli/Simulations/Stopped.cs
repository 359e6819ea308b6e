using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Simulations;

/// <summary>What is said of a question that Ctrl-C ended.</summary>
internal static class Stopped
{
    /// <summary>Asks on a thread of the pool. A stop before there is anything is an error that says so.</summary>
    /// <exception cref="InvalidDataException">It was stopped before there was anything.</exception>
    public static async Task<T> OrNothingAsync<T>(Func<T> ask)
    {
        try
        {
            return await Task.Run(ask, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidDataException("Stopped before there was anything to show.");
        }
    }

    /// <summary>Says how much was done where that is not all; the exit code.</summary>
    public static async Task<int> ReportAsync(TextWriter error, long done, long all, string what)
    {
        if (done >= all)
            return ExitCodes.Done;
        await error.WriteLineAsync(
            FormattableString.Invariant($"Stopped after {done} of {all} {what}: what is shown is about those.")
        );
        return ExitCodes.Failed;
    }
}
