using Tollgate.Accounting.Ledger.Records;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>Validates the fields of an entry. Each error names the field, the value and the rule.</summary>
internal static class EntryRules
{
    private static readonly DateTimeOffset MinTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    public static string RequireNotBlank(string? value, string field) =>
        string.IsNullOrWhiteSpace(value)
            ? throw CreateException(field, value, "must not be blank")
            : Short(value, field)!;

    public static long RequireCount(long value, string field)
    {
        if (value < 0)
            throw CreateException(field, value, "must not be negative");
        return value <= TokenUsage.MaxCount
            ? value
            : throw CreateException(field, value, $"must be at most {TokenUsage.MaxCount}");
    }

    public static long? RequireCount(long? value, string field) =>
        value is { } count ? RequireCount(count, field) : null;

    public static TimeSpan RequireNotNegative(TimeSpan value, string field) =>
        value < TimeSpan.Zero ? throw CreateException(field, value, "must not be negative") : value;

    public static decimal RequireCost(decimal value)
    {
        if (value < 0)
            throw CreateException(nameof(UsageEntry.Cost), value, "must not be negative");
        return value <= 9_000_000m
            ? value
            : throw CreateException(nameof(UsageEntry.Cost), value, "must be at most 9000000 dollars");
    }

    /// <summary>
    /// Rounds to the microsecond, the stored resolution. Up to a day ahead is accepted as clock skew; more is a
    /// mistake.
    /// </summary>
    public static DateTimeOffset RequireTime(DateTimeOffset? value, DateTimeOffset now)
    {
        var at = value ?? now;
        if (at < MinTime)
            throw CreateException(
                nameof(UsageEntry.Timestamp),
                at.ToString("O"),
                $"must not be before {MinTime:yyyy-MM-dd}"
            );
        if (at > now + ClockSkew)
            throw CreateException(
                nameof(UsageEntry.Timestamp),
                at.ToString("O"),
                $"must not be more than a day in the future (now is {now:O})"
            );
        return new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    public static Attribution ReadAttribution(UsageEntry entry) =>
        new()
        {
            Application = Name(entry.CallerName, nameof(entry.CallerName)),
            User = Name(entry.Username, nameof(entry.Username)),
            Project = Name(entry.Project, nameof(entry.Project)),
            Session = Name(entry.Session, nameof(entry.Session)),
            Tags = Name(entry.Tags, nameof(entry.Tags)),
        };

    public static ArgumentException CreateException(string field, object? value, string rule) =>
        new($"Cannot record the usage: {field} {rule}, but is '{value}'.", field);

    /// <summary>Treats an empty text as absent.</summary>
    private static string? Name(string? value, string field) =>
        string.IsNullOrEmpty(value) ? null : Short(value, field);

    private static string Short(string value, string field) =>
        value.Length <= RecordText.MaxLength
            ? value
            : throw CreateException(
                field,
                value[..40] + "…",
                $"must have at most {RecordText.MaxLength} characters, but has {value.Length}"
            );
}
