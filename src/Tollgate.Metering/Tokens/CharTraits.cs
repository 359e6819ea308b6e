namespace Tollgate.Metering.Tokens;

/// <summary>
/// The character traits that the encodings' patterns need. A word is opening characters, then following ones.
/// </summary>
[Flags]
internal enum CharTraits : byte
{
    /// <summary>Punctuation, symbols, control characters, and unassigned code points.</summary>
    None = 0,

    /// <summary><c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c>: allowed in the first part of a word.</summary>
    Opening = 1,

    /// <summary><c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>: allowed in the second part of a word.</summary>
    Following = 2,

    /// <summary><c>\p{L}</c>.</summary>
    Letter = 4,

    /// <summary><c>\p{N}</c>.</summary>
    Number = 8,

    /// <summary><c>\s</c>, which is Unicode's White_Space.</summary>
    Space = 16,

    /// <summary><c>[\r\n]</c>.</summary>
    LineEnd = 32,
}
