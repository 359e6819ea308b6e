using System.Collections.Concurrent;
using System.Text.Json;

namespace Tollgate.Metering.Wire;

/// <summary>
/// Strings that many responses repeat, such as model names, so that a call does not allocate its own.
/// </summary>
internal static class NamePool
{
    // A provider could send a new name each time; above this size the pool accepts no more, and such names are
    // allocated.
    private const int MaxNames = 4096;
    private const int MaxLength = 128;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets the string value at the reader's position.</summary>
    public static string? Intern(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxLength)
            return reader.GetString();
        Span<char> buffer = stackalloc char[MaxLength];
        var name = buffer[..reader.CopyString(buffer)];
        if (Lookup.TryGetValue(name, out var known))
            return known;
        var created = name.ToString();
        if (Names.Count < MaxNames)
            Names.TryAdd(created, created);
        return created;
    }
}
