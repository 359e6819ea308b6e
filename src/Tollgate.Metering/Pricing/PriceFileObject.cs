using System.Globalization;
using System.Text.Json;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// One JSON object of a price file, read field by field. A problem is recorded with its path, and the field reads as
/// absent.
/// </summary>
internal readonly struct PriceFileObject
{
    private readonly JsonElement _element;
    private readonly List<PriceProblem> _problems;

    public PriceFileObject(JsonElement element, string path, List<PriceProblem> problems, string[]? known = null)
    {
        Path = path;
        _element = element;
        _problems = problems;
        if (element.ValueKind != JsonValueKind.Object)
        {
            AddProblem("", $"must be an object, not {Describe(element)}");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
            if (!names.Add(field.Name))
                AddProblem(field.Name, "appears more than once");
            else if (known is not null && !known.Contains(field.Name))
                AddProblem(field.Name, $"is not a valid field; valid are {string.Join(", ", known)}");
    }

    public string Path { get; }

    /// <summary>The fields in order; both occurrences of a duplicate, which is recorded as a problem.</summary>
    public IEnumerable<JsonProperty> Fields =>
        _element.ValueKind == JsonValueKind.Object ? _element.EnumerateObject() : [];

    public string PathOf(string field) =>
        field.Length == 0 ? Path
        : Path.Length == 0 ? field
        : $"{Path}.{field}";

    public void AddProblem(string field, string message) => _problems.Add(new(PathOf(field), message));

    public JsonElement? Field(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) ? value : null;

    public string? Text(string name)
    {
        if (Field(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        AddProblem(name, $"must be a non-empty string, not {Describe(value)}");
        return null;
    }

    public string? RequiredText(string name, string? otherwise = null)
    {
        if (Field(name) is null && otherwise is null)
            AddProblem(name, "is missing");
        return Text(name) ?? otherwise;
    }

    public long? Tokens(string name)
    {
        if (Field(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var tokens) && tokens >= 0)
            return tokens;
        AddProblem(name, $"must be a whole number of tokens, not {Describe(value)}");
        return null;
    }

    public bool Flag(string name)
    {
        if (Field(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } value)
            AddProblem(name, $"must be true or false, not {Describe(value)}");
        return Field(name) is { ValueKind: JsonValueKind.True };
    }

    public DateTimeOffset? Timestamp(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        AddProblem(name, $"must be a date such as 2026-07-01, not \"{text}\"");
        return null;
    }

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        AddProblem(name, $"must be a date such as 2026-07-01, not \"{text}\"");
        return null;
    }

    public JsonElement.ArrayEnumerator Items(string name)
    {
        if (Field(name) is { ValueKind: JsonValueKind.Array } array)
            return array.EnumerateArray();
        if (Field(name) is { } value)
            AddProblem(name, $"must be a list, not {Describe(value)}");
        return default; // No items.
    }

    public static string Describe(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
    }
}
