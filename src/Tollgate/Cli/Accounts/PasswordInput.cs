using System.Text;

namespace Tollgate.Cli.Accounts;

/// <summary>Reads a password without showing it. It is never an argument: those are visible to other users.</summary>
internal static class PasswordInput
{
    /// <summary>
    /// Returns the password: the first line of standard input, or what is entered twice at a terminal; null if there is
    /// neither.
    /// </summary>
    /// <param name="fromInput">True to read standard input.</param>
    /// <param name="error">The writer of the prompts.</param>
    /// <exception cref="Parsing.UsageException">The two entries differ.</exception>
    public static async Task<string?> ReadAsync(bool fromInput, TextWriter error)
    {
        if (fromInput)
            return await Console.In.ReadLineAsync();
        if (Console.IsInputRedirected)
            return null;
        await error.WriteAsync("Password (at least 15 characters): ");
        var first = ReadHidden();
        await error.WriteAsync("\nThe same again: ");
        var second = ReadHidden();
        await error.WriteLineAsync();
        return first == second
            ? first
            : throw new Parsing.UsageException("The two passwords differ. Nothing was changed.");
    }

    private static string ReadHidden()
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
