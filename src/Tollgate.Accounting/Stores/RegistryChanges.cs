using System.Text;
using System.Text.Json;

namespace Tollgate.Accounting.Stores;

/// <summary>The validation of changes that every registry store performs before applying them.</summary>
public static class RegistryChanges
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>The maximum size of a value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 256 * 1024;

    private const int MaxKindLength = 32;
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Rejects changes that a store could not save unchanged.</summary>
    /// <exception cref="ArgumentException">The message names the entry, the value and the rule.</exception>
    public static void Validate(IReadOnlyList<RegistryChange> changes)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var change in changes)
        {
            if (
                change.Kind.Length is 0 or > MaxKindLength
                || change.Kind.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_")
            )
                throw CreateException(change, $"its kind must be 1 to {MaxKindLength} characters of a-z, 0-9 and _");
            ValidateName(change);
            if (change.Value is { } value)
                ValidateValue(change, value);
            if (change.Expected < 0)
                throw CreateException(change, $"its expected revision {change.Expected} is negative");
            if (!seen.Add((change.Kind, change.Name)))
                throw CreateException(change, "it occurs twice in one set of changes");
        }
    }

    /// <summary>
    /// Returns the first change whose entry is at another revision than expected; null if there is none.
    /// </summary>
    /// <param name="changes">The changes.</param>
    /// <param name="found">The revisions of those entries that exist.</param>
    public static RegistryConflict? FindConflict(
        IReadOnlyList<RegistryChange> changes,
        IReadOnlyDictionary<(string Kind, string Name), long> found
    )
    {
        foreach (var change in changes)
        {
            var revision = found.GetValueOrDefault((change.Kind, change.Name));
            if (change.Expected is { } expected && expected != revision)
                return new RegistryConflict(change.Kind, change.Name, expected, revision);
        }

        return null;
    }

    /// <summary>True if a text may be the name of an entry. No other text needs to be looked up.</summary>
    internal static bool CanBeName(string text) =>
        !string.IsNullOrWhiteSpace(text)
        && text.Length <= MaxNameLength
        && !text.Any(char.IsControl)
        && TryEncode(text) is not null;

    private static void ValidateName(RegistryChange change)
    {
        var name = change.Name;
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
            throw CreateException(change, $"a name must have 1 to {MaxNameLength} characters");
        if (name.Any(char.IsControl) || TryEncode(name) is null)
            throw CreateException(change, "a name must not contain control characters or unpaired surrogates");
    }

    private static void ValidateValue(RegistryChange change, string value)
    {
        if (TryEncode(value) is not { } bytes || !IsJson(bytes))
            throw CreateException(change, "its value is not JSON");
        if (bytes.Length > MaxValueBytes)
            throw CreateException(change, $"its value has {bytes.Length} bytes, but the maximum is {MaxValueBytes}");
    }

    private static byte[]? TryEncode(string text)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
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

    private static ArgumentException CreateException(RegistryChange change, string rule) =>
        new($"The entry '{change.Name}' of kind '{change.Kind}' cannot be changed: {rule}.", nameof(change));
}
