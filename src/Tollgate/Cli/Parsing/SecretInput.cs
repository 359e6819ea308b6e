using System.Text;

namespace Tollgate.Cli.Parsing;

/// <summary>Reads a secret without showing it. It is never an argument: those are visible to other users.</summary>
internal static class SecretInput
{
    /// <summary>
    /// Returns the first line of standard input, or what is entered at a terminal; null if there is neither.
    /// </summary>
    /// <param name="fromInput">True to read standard input.</param>
    /// <param name="prompt">The prompt of the terminal.</param>
    /// <param name="error">The writer of the prompt.</param>
    public static async Task<string?> ReadAsync(bool fromInput, string prompt, TextWriter error)
    {
        if (fromInput)
            return await Console.In.ReadLineAsync();
        if (Console.IsInputRedirected)
            return null;
        await error.WriteAsync(prompt);
        var secret = ReadHidden();
        await error.WriteLineAsync();
        return secret;
    }

    /// <summary>Reads a line from the terminal without showing it.</summary>
    public static string ReadHidden()
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return text.ToString();
            if (key.Key == ConsoleKey.Backspace && text.Length > 0)
                text.Length--;
            else if (!char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
        }
    }
}
