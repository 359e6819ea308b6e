namespace Tollgate.Identity.Providers;

/// <summary>Shortens keys to what may be shown.</summary>
public static class KeyHint
{
    private const int ShownCharacters = 4;

    /// <summary>A shorter key would lose too much of its secret.</summary>
    private const int MinLength = 20;

    private const int MaxPrefixLength = 4;

    /// <summary>
    /// Returns the last four characters of a key, after the prefix that all keys of its provider have, such as
    /// <c>sk-…a1b2</c>; <c>…</c> for a short key.
    /// </summary>
    public static string Create(string key)
    {
        if (key.Length < MinLength)
            return "…";
        var end = key.AsSpan(0, MaxPrefixLength + 1).IndexOfAny('-', '_');
        var prefix = end > 0 && key.AsSpan(0, end).IndexOfAnyExceptInRange('a', 'z') < 0 ? key[..(end + 1)] : "";
        return $"{prefix}…{key[^ShownCharacters..]}";
    }
}
