namespace Tollgate.Api.Contracts.Jobs;

/// <summary>A file with records or costs to be written.</summary>
internal sealed record ExportBody
{
    /// <summary>csv, jsonl, parquet, focus, focus-jsonl, or focus-parquet; absent for csv.</summary>
    public string? Format { get; init; }

    /// <summary>A range such as 7d or last_month; absent for 24h, or for from and to.</summary>
    public string? Range { get; init; }

    /// <summary>The start instead of a range: an instant or a day.</summary>
    public string? From { get; init; }

    /// <summary>The end: an instant, or a day, which is included; absent for now.</summary>
    public string? To { get; init; }

    /// <summary>The IANA name of the time zone of days; absent for UTC.</summary>
    public string? Tz { get; init; }

    /// <summary>The period of a row of a FOCUS file; absent for a day.</summary>
    public ExportBucket? Bucket { get; init; }

    /// <summary>Conditions on records.</summary>
    public IReadOnlyList<ExportFilter>? Filters { get; init; }
}

/// <summary>A condition on records.</summary>
internal sealed record ExportFilter
{
    /// <summary>The field, such as model.</summary>
    public required string Field { get; init; }

    /// <summary>eq, in, not_in, contains, gte, or lte; absent for eq.</summary>
    public string? Operator { get; init; }

    /// <summary>The values.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}

/// <summary>The period of a row of a FOCUS file.</summary>
internal enum ExportBucket
{
    /// <summary>A day (UTC).</summary>
    Day,

    /// <summary>An hour.</summary>
    Hour,
}
