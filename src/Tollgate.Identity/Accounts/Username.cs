using System.Text;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Accounts;

/// <summary>The names of accounts: equal if they differ only in case or in how accents are composed.</summary>
public static class Username
{
    /// <summary>The maximum length, in characters (Unicode code points).</summary>
    public const int MaxLength = 64;

    /// <summary>The rule, for messages.</summary>
    public const string Rule = "A username has 1 to 64 letters, digits, and the characters . _ - @ +";

    /// <summary>Trims a name, composes its accents (Unicode NFC), and converts it to lower case.</summary>
    /// <param name="name">The name as entered.</param>
    /// <param name="username">The name of the account.</param>
    /// <returns>False if the name is not allowed.</returns>
    public static bool TryNormalize(string name, out string username)
    {
        username = "";
        // A normalized name is not much shorter; a longer text is not worth the work.
        if (name.Length > MaxLength * 8)
            return false;
        var normalized = UnicodeComposition.Compose(UnicodeComposition.Compose(name.Trim()).ToLowerInvariant());
        var length = 0;
        foreach (var rune in normalized.EnumerateRunes())
            if (++length > MaxLength || !IsAllowed(rune))
                return false;
        username = normalized;
        return length > 0;
    }

    private static bool IsAllowed(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || (rune.IsAscii && ".-_@+".Contains((char)rune.Value, StringComparison.Ordinal));
}
