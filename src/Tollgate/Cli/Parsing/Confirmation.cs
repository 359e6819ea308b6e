namespace Tollgate.Cli.Parsing;

/// <summary>Asks for confirmation before an irreversible action.</summary>
internal static class Confirmation
{
    /// <summary>Returns whether the user confirms. In a non-interactive session the answer is no.</summary>
    /// <param name="question">The question.</param>
    /// <param name="unasked">The message in a non-interactive session.</param>
    /// <param name="declined">The message if the user declines.</param>
    /// <param name="error">The writer for all of these texts, so that the command's output stays clean.</param>
    public static async Task<bool> ConfirmAsync(string question, string unasked, string declined, TextWriter error)
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
