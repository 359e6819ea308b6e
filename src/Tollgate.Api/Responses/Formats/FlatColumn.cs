using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Responses.Formats;

/// <summary>
/// A column of a list: a member of its items, or of an object in them. The names of the members are joined by
/// underscores.
/// </summary>
/// <param name="Path">The names of the members, outermost first.</param>
internal sealed record FlatColumn(IReadOnlyList<string> Path)
{
    /// <summary>The members that the JSON of consumption always has.</summary>
    private static readonly string[] TokenMembers =
    [
        "input_tokens",
        "cached_tokens",
        "output_tokens",
        "total_tokens",
        "kinds",
    ];

    /// <summary>The title of the column.</summary>
    public string Name => string.Join('_', Path);

    /// <summary>Returns the columns of a type.</summary>
    public static IReadOnlyList<FlatColumn> Of(JsonTypeInfo type) => [.. Find(type, [])];

    /// <summary>Returns the cell of an item; null if it has no value. A list or a map is one cell, as JSON.</summary>
    public object? Read(JsonElement item)
    {
        foreach (var name in Path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
                return null;
        }

        return item.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => item.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => new RawNumber(item.GetRawText()),
            _ => item.GetRawText(),
        };
    }

    private static IEnumerable<FlatColumn> Find(JsonTypeInfo type, IReadOnlyList<string> path)
    {
        foreach (var property in type.Properties.Where(static property => property.Get is not null))
        {
            IReadOnlyList<string> inner = [.. path, property.Name];
            var isObject =
                property.CustomConverter is null
                && type.Options.TryGetTypeInfo(
                    Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                    out var found
                )
                && found is { Kind: JsonTypeInfoKind.Object, Properties.Count: > 0 };
            if (property.PropertyType == typeof(TokenUsage))
                foreach (var member in TokenMembers)
                    yield return new FlatColumn([.. inner, member]);
            else if (!isObject)
                yield return new FlatColumn(inner);
            else
                foreach (var column in Find(type.Options.GetTypeInfo(property.PropertyType), inner))
                    yield return column;
        }
    }

    /// <summary>The digits of a number as they are.</summary>
    private sealed record RawNumber(string Digits)
    {
        public override string ToString() => Digits;
    }
}
