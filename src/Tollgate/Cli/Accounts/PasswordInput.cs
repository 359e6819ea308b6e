using Tollgate.Cli.Parsing;

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
    /// <exception cref="UsageException">The two entries differ.</exception>
    public static async Task<string?> ReadAsync(bool fromInput, TextWriter error)
    {
        if (fromInput)
            return await Console.In.ReadLineAsync();
        if (Console.IsInputRedirected)
            return null;
        await error.WriteAsync("Password (at least 15 characters): ");
        var first = SecretInput.ReadHidden();
        await error.WriteAsync("\nThe same again: ");
        var second = SecretInput.ReadHidden();
        await error.WriteLineAsync();
        return first == second ? first : throw new UsageException("The two passwords differ. Nothing was changed.");
    }
}
