using System.Globalization;
using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Reads exact numbers, whether they are JSON numbers or texts.</summary>
internal static class JsonCells
{
    /// <summary>The number of a value; null if it is null.</summary>
    public static decimal? ReadNumber(this JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Parse(value.GetString()!),
            _ => Parse(value.GetRawText()),
        };

    /// <summary>The number of a member; null if it is null.</summary>
    public static decimal? FindNumber(this JsonElement owner, string name) => owner.GetProperty(name).ReadNumber();

    /// <summary>The number of a member; 0 if it is null.</summary>
    public static decimal GetNumber(this JsonElement owner, string name) => owner.FindNumber(name) ?? 0;

    /// <summary>Parses a number with all of its digits.</summary>
    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The members of a list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement owner, string name) =>
        owner.GetProperty(name).EnumerateArray();
}
