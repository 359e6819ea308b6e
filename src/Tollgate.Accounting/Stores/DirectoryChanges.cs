using System.Text;
using System.Text.Json;

namespace Tollgate.Accounting.Stores;

/// <summary>The validation of changes that every registry store performs before applying them.</summary>
public static class DirectoryChanges
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int LongestName = 256;

    /// <summary>The maximum size of a value, in bytes of UTF-8.</summary>
    public const int LargestValue = 256 * 1024;

    private const int LongestKind = 32;
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Rejects changes that a store could not save unchanged.</summary>
    /// <exception cref="ArgumentException">The message names the entry, the value and the rule.</exception>
    public static void Check(IReadOnlyList<DirectoryChange> changes)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var change in changes)
        {
            if (
                change.Kind.Length is 0 or > LongestKind
                || change.Kind.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_")
            )
                throw Refused(change, $"its kind must be 1 to {LongestKind} characters of a-z, 0-9 and _");
            CheckName(change);
            if (change.Value is { } value)
                CheckValue(change, value);
            if (change.Expected < 0)
                throw Refused(change, $"its expected revision {change.Expected} is negative");
            if (!seen.Add((change.Kind, change.Name)))
                throw Refused(change, "it occurs twice in one set of changes");
        }
    }

    /// <summary>
    /// Returns the first change whose entry is at another revision than expected; null if there is none.
    /// </summary>
    /// <param name="changes">The changes.</param>
    /// <param name="found">The revisions of those entries that exist.</param>
    public static DirectoryConflict? FindConflict(
        IReadOnlyList<DirectoryChange> changes,
        IReadOnlyDictionary<(string Kind, string Name), long> found
    )
    {
        foreach (var change in changes)
        {
            var revision = found.GetValueOrDefault((change.Kind, change.Name));
            if (change.Expected is { } expected && expected != revision)
                return new DirectoryConflict(change.Kind, change.Name, expected, revision);
        }

        return null;
    }

    private static void CheckName(DirectoryChange change)
    {
        var name = change.Name;
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
            throw Refused(change, $"a name must have 1 to {LongestName} characters");
        if (name.Any(char.IsControl) || Utf8(name) is null)
            throw Refused(change, "a name must not contain control characters or unpaired surrogates");
    }

    private static void CheckValue(DirectoryChange change, string value)
    {
        if (Utf8(value) is not { } bytes || !IsJson(bytes))
            throw Refused(change, "its value is not JSON");
        if (bytes.Length > LargestValue)
            throw Refused(change, $"its value has {bytes.Length} bytes, but the maximum is {LargestValue}");
    }

    private static byte[]? Utf8(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                // Parsing it to the end is the check.
            }

            return text.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ArgumentException Refused(DirectoryChange change, string rule) =>
        new($"The entry '{change.Name}' of kind '{change.Kind}' cannot be changed: {rule}.", nameof(change));
}
