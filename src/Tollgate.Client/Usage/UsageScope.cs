namespace Tollgate.Client.Usage;

/// <summary>The usage that a question is about.</summary>
public sealed record UsageScope
{
    /// <summary>A range such as 7d, today, or last_month; null for 24h, or for from and to.</summary>
    public string? Range { get; init; }

    /// <summary>The start instead of a range: an instant or a day.</summary>
    public string? From { get; init; }

    /// <summary>The end: an instant, or a day, which is included; null for now.</summary>
    public string? To { get; init; }

    /// <summary>The IANA name of the time zone of days; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Only records with a name that contains this text; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>The values that fields must have, such as <c>model</c>: <c>gpt-4o</c>.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>();

    internal QueryText ToQuery()
    {
        var query = new QueryText()
            .Add("range", Range)
            .Add("from", From)
            .Add("to", To)
            .Add("tz", TimeZone)
            .Add("q", Search);
        foreach (var (field, value) in Filters)
            query.Add($"filter[{field}]", value);
        return query;
    }
}
