using System.Collections.Frozen;
using System.Text;

namespace Tollgate.Identity.Passwords;

/// <summary>
/// The rules for new passwords, after NIST SP 800-63B: long, and not easily guessed. There are no rules for kinds of
/// characters, and passwords do not expire. docs/sign-in.md lists them.
/// </summary>
public static class PasswordRules
{
    /// <summary>The minimum number of characters (Unicode code points).</summary>
    public const int MinLength = 15;

    /// <summary>The maximum number of characters.</summary>
    public const int MaxLength = 256;

    /// <summary>The maximum size, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private const string ProductName = "tollgate";

    /// <summary>The characters that a password must have besides the name of the account and of the product.</summary>
    private const int MinOwnLength = 8;

    /// <summary>Shorter names occur in many good passwords by chance.</summary>
    private const int MinNameLength = 3;

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>Returns why a password is refused, with what is allowed; null if it is accepted.</summary>
    /// <param name="password">The password.</param>
    /// <param name="username">The name of the account.</param>
    public static string? FindProblem(string password, string username)
    {
        var composed = UnicodeComposition.Compose(password);
        var length = composed.EnumerateRunes().Count();
        if (length is < MinLength or > MaxLength)
            return $"The password has {length} characters; allowed are {MinLength} to {MaxLength}. Use several words.";
        if (Encoding.UTF8.GetByteCount(composed) is > MaxBytes and var bytes)
            return $"The password has {bytes} bytes in UTF-8; at most {MaxBytes} are allowed. Use a shorter one.";
        var lower = composed.ToLowerInvariant();
        if (Common.Value.Contains(lower))
            return "The password is one of the commonest, which are guessed first. Use several unrelated words.";
        if (IsRepetition(lower) || IsSequence(lower))
            return "The password repeats one part, or is a sequence of neighboring characters. Use several unrelated "
                + "words.";
        return CountOwn(lower, UnicodeComposition.Compose(username).ToLowerInvariant()) < MinOwnLength
            ? $"The password is hardly more than the name of the account or of the product. Add at least "
                + $"{MinOwnLength} other characters."
            : null;
    }

    /// <summary>True if a text is one part at least twice, the last time perhaps cut: <c>abcabcab</c>.</summary>
    private static bool IsRepetition(string text)
    {
        for (var part = 1; part <= text.Length / 2; part++)
            if (text.AsSpan(part).SequenceEqual(text.AsSpan(0, text.Length - part)))
                return true;
        return false;
    }

    /// <summary>True if each character follows the one before, or each precedes it: <c>abcd</c>, <c>9876</c>.</summary>
    private static bool IsSequence(string text) => IsSequence(text, 1) || IsSequence(text, -1);

    private static bool IsSequence(string text, int step)
    {
        for (var i = 1; i < text.Length; i++)
            if (
                text[i] - text[i - 1] != step
                && !(char.IsAsciiDigit(text[i]) && IsNextDigit(text[i - 1], text[i], step))
            )
                return false;
        return true;
    }

    /// <summary>After 9 follows 0, as on a keyboard.</summary>
    private static bool IsNextDigit(char digit, char next, int step) =>
        char.IsAsciiDigit(digit) && (digit - '0' + step + 10) % 10 == next - '0';

    private static int CountOwn(string password, string username)
    {
        var rest = password.Replace(ProductName, "", StringComparison.Ordinal);
        if (username.Length >= MinNameLength)
            rest = rest.Replace(username, "", StringComparison.Ordinal);
        return rest.EnumerateRunes().Count();
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
