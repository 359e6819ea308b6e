namespace Tollgate.Metering.Limits;

/// <summary>
/// The values that one counter of a limit counts, in the order of the scope's terms that count each value separately; a
/// tag comes last. Empty if the limit has only one counter.
/// </summary>
public readonly record struct LimitTarget
{
    private const char Separator = '\n'; // No value contains a control character.

    private readonly string? _key;

    /// <summary>Creates a target from its stored form.</summary>
    public LimitTarget(string key) => _key = key.Length == 0 ? null : key;

    /// <summary>The form in which stores keep it.</summary>
    public string Key => _key ?? "";

    /// <summary>True if the limit has only one counter.</summary>
    public bool IsEmpty => _key is null;

    /// <summary>The values.</summary>
    public IReadOnlyList<string> Values => _key?.Split(Separator) ?? [];

    /// <summary>Returns a target with one more value.</summary>
    public LimitTarget Add(string value) => new(_key is null ? value : $"{_key}{Separator}{value}");

    /// <summary>Returns the phrase that names it in a message, such as <c> of 'ann/web'</c>; empty if it is.</summary>
    public string ToPhrase() => IsEmpty ? "" : $" of '{this}'";

    /// <summary>Formats the values for people, such as <c>ann/web</c>.</summary>
    public override string ToString() => Key.Replace(Separator, '/');
}
