namespace Tollgate.Client.Jobs;

/// <summary>A file with records or costs to be written.</summary>
public sealed record ExportRequest
{
    /// <summary>csv, jsonl, parquet, focus, focus-jsonl, or focus-parquet.</summary>
    public string Format { get; init; } = "csv";

    /// <summary>A range such as 7d or last_month; null for 24h, or for from and to.</summary>
    public string? Range { get; init; }

    /// <summary>The start instead of a range: an instant or a day.</summary>
    public string? From { get; init; }

    /// <summary>The end: an instant, or a day, which is included; null for now.</summary>
    public string? To { get; init; }

    /// <summary>The IANA name of the time zone of days; null for UTC.</summary>
    public string? Tz { get; init; }
}
