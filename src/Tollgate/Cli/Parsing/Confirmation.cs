namespace Tollgate.Cli.Parsing;

/// <summary>Asks a person before something is done that cannot be undone.</summary>
internal static class Confirmation
{
    /// <summary>Whether the answer is yes. Without a person at the terminal it is no.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="unasked">What is said where nobody is there to answer.</param>
    /// <param name="declined">What is said where the answer is no.</param>
    /// <param name="error">Where all of it is written, so that the command's answer stays clean.</param>
    public static async Task<bool> AskAsync(string question, string unasked, string declined, TextWriter error)
    {
        if (Console.IsInputRedirected)
        {
            await error.WriteLineAsync($"tollgate: {unasked}");
            return false;
        }

        await error.WriteAsync(question + " [y/N] ");
        if (Console.ReadLine()?.Trim() is "y" or "Y" or "yes")
            return true;
        await error.WriteLineAsync(declined);
        return false;
    }
}
