using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>
/// A limit as stored in its registry entry, in human-readable form; the name of the entry is the limit's identity.
/// </summary>
internal sealed partial record StoredLimit
{
    public required string Metric { get; init; }

    public required string Window { get; init; }

    public IReadOnlyDictionary<string, string>? Scope { get; init; }

    /// <summary>US dollars for money, otherwise a whole number; <c>none</c> if there is no limit.</summary>
    public required string Amount { get; init; }

    public LimitMode Mode { get; init; }

    public IReadOnlyList<int>? AlertAt { get; init; }

    public StoredIncrease? Raise { get; init; }

    /// <summary>The file that defines it; absent if it was set at run time.</summary>
    public string? Owner { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The local time at which a window begins, if not the default.</summary>
    public string? Anchor { get; init; }

    /// <summary>The maximum that a bucket holds, in the format of the amount.</summary>
    public string? Burst { get; init; }

    /// <summary>Parses the entry of a limit.</summary>
    /// <exception cref="InvalidDataException">The entry is not a valid limit; the message names the entry.</exception>
    public static Limit Read(RegistryEntry entry)
    {
        try
        {
            return RegistryTable<StoredLimit>
                .Deserialize(entry, StoredLimitJson.Default.StoredLimit)
                .ToLimit(entry.Name);
        }
        catch (Exception exception)
            when (exception
                    is FormatException
                        or ArgumentException
                        or TimeZoneNotFoundException
                        or InvalidTimeZoneException
                        or OverflowException
            )
        {
            throw new InvalidDataException(
                $"The limit '{entry.Name}' in the registry cannot be read: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Serializes a limit for its entry.</summary>
    public static string Write(Limit limit)
    {
        var calendar = limit.Window as CalendarWindow;
        var stored = new StoredLimit
        {
            Metric = LimitName.Format(limit.Metric),
            Window = limit.Window.Text,
            Scope = limit.Scope.Terms.IsEmpty
                ? null
                : limit.Scope.Terms.ToDictionary(
                    static term => LimitScopeText.Format(term.Dimension),
                    static term => term.Value ?? LimitScopeText.Wildcard
                ),
            Amount = LimitText.FormatAmount(limit.Metric, limit.Amount),
            Mode = limit.Mode,
            AlertAt = limit.AlertThresholds.IsDefaultOrEmpty ? null : [.. limit.AlertThresholds],
            Raise = limit.TemporaryIncrease is { } raise
                ? new StoredIncrease(LimitAmount.ToText(limit.Metric, raise.Amount), raise.Until)
                : null,
            Owner = limit.Owner,
            TimeZone = calendar?.Zone is { } zone && zone.Id != TimeZoneInfo.Utc.Id ? zone.Id : null,
            Anchor =
                calendar is not null && calendar.Anchor != new CalendarWindow(calendar.Unit).Anchor
                    ? calendar.Anchor.ToString("s", CultureInfo.InvariantCulture)
                    : null,
            Burst = limit.Window is BucketWindow { Burst: { } burst } ? LimitAmount.ToText(limit.Metric, burst) : null,
        };
        return JsonSerializer.Serialize(stored, StoredLimitJson.Default.StoredLimit);
    }

    private Limit ToLimit(string id)
    {
        var metric = LimitName.FindMetric(Metric) ?? throw new FormatException($"'{Metric}' is not a valid metric.");
        var window =
            LimitName.GetInstantWindow(metric)
            ?? WindowText.Parse(
                Window,
                new WindowOptions(
                    TimeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(TimeZone),
                    Anchor is null ? null : DateTime.Parse(Anchor, CultureInfo.InvariantCulture),
                    Burst is null ? null : LimitText.ParseAmount(metric, Burst)
                )
            );
        return new Limit
        {
            Id = id,
            Name = LimitName.Format(metric, window),
            Metric = metric,
            Window = window,
            Scope = LimitScope.Create(
                (Scope ?? new Dictionary<string, string>()).Select(static term =>
                    LimitScopeText.ParseTerm(term.Key, term.Value)
                )
            ),
            Amount = LimitText.ParseAmount(metric, Amount),
            Mode = Mode,
            AlertThresholds = [.. AlertAt ?? []],
            TemporaryIncrease = Raise is { } raise
                ? new TemporaryIncrease(LimitAmount.Parse(metric, raise.Amount), raise.Until)
                : null,
            Owner = Owner,
        };
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UseStringEnumConverter = true
    )]
    [JsonSerializable(typeof(StoredLimit))]
    private sealed partial class StoredLimitJson : JsonSerializerContext;
}

/// <summary>A temporary increase of the amount, as stored.</summary>
internal sealed record StoredIncrease(string Amount, DateTimeOffset Until);
