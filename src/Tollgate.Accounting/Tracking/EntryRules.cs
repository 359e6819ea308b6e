using Tollgate.Accounting.Ledger.Records;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>Validates the fields of an entry. Each error names the field, the value and the rule.</summary>
internal static class EntryRules
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    public static string NotBlank(string? value, string field) =>
        string.IsNullOrWhiteSpace(value) ? throw Refused(field, value, "must not be blank") : Short(value, field)!;

    public static long Count(long value, string field)
    {
        if (value < 0)
            throw Refused(field, value, "must not be negative");
        return value <= TokenUsage.MaxCount
            ? value
            : throw Refused(field, value, $"must be at most {TokenUsage.MaxCount}");
    }

    public static long? Count(long? value, string field) => value is { } count ? Count(count, field) : null;

    public static TimeSpan NotNegative(TimeSpan value, string field) =>
        value < TimeSpan.Zero ? throw Refused(field, value, "must not be negative") : value;

    public static decimal Cost(decimal value)
    {
        if (value < 0)
            throw Refused(nameof(UsageEntry.Cost), value, "must not be negative");
        return value <= 9_000_000m
            ? value
            : throw Refused(nameof(UsageEntry.Cost), value, "must be at most 9000000 dollars");
    }

    /// <summary>
    /// Rounds to the microsecond, the stored resolution. Up to a day ahead is accepted as clock skew; more is a
    /// mistake.
    /// </summary>
    public static DateTimeOffset Time(DateTimeOffset? value, DateTimeOffset now)
    {
        var at = value ?? now;
        if (at < Earliest)
            throw Refused(nameof(UsageEntry.Timestamp), at.ToString("O"), $"must not be before {Earliest:yyyy-MM-dd}");
        if (at > now + ClockSkew)
            throw Refused(
                nameof(UsageEntry.Timestamp),
                at.ToString("O"),
                $"must not be more than a day in the future (now is {now:O})"
            );
        return new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    public static Attribution Attribution(UsageEntry entry) =>
        new()
        {
            Application = Name(entry.CallerName, nameof(entry.CallerName)),
            User = Name(entry.Username, nameof(entry.Username)),
            Project = Name(entry.Project, nameof(entry.Project)),
            Session = Name(entry.Session, nameof(entry.Session)),
            Tags = Name(entry.Tags, nameof(entry.Tags)),
        };

    public static ArgumentException Refused(string field, object? value, string rule) =>
        new($"Cannot record the usage: {field} {rule}, but is '{value}'.", field);

    /// <summary>Treats an empty text as absent.</summary>
    private static string? Name(string? value, string field) =>
        string.IsNullOrEmpty(value) ? null : Short(value, field);

    private static string Short(string value, string field) =>
        value.Length <= RecordText.MaxLength
            ? value
            : throw Refused(
                field,
                value[..40] + "…",
                $"must have at most {RecordText.MaxLength} characters, but has {value.Length}"
            );
}
