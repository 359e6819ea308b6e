using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>A range, a time zone, and conditions: what all reports are asked.</summary>
/// <param name="Number">The seed from which it was generated.</param>
/// <param name="Zone">The time zone of its days.</param>
/// <param name="From">The start.</param>
/// <param name="To">The end, exclusive.</param>
internal sealed record Question(int Number, TimeZoneInfo Zone, DateTimeOffset From, DateTimeOffset To)
{
    private const string Instants = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <summary>The first and the last local day, if it has whole days.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>The text that a name must contain; null for any.</summary>
    public string? Search { get; init; }

    /// <summary>True if nothing but the time selects records.</summary>
    public bool IsPlain => Conditions.Count == 0 && Search is null;

    /// <summary>True if both ends are whole seconds.</summary>
    public bool HasSeconds => IsSecond(From) && IsSecond(To);

    public double LengthInDays => (To - From).TotalDays;

    /// <summary>The parameters of the range.</summary>
    public string Range =>
        Days is { } days
            ? $"from={Format(days.First)}&to={Format(days.Last)}&tz={Zone.Id}"
            : $"from={Format(From)}&to={Format(To)}&tz={Zone.Id}";

    /// <summary>The parameters of the range and of the conditions.</summary>
    public string Scope =>
        string.Join(
            '&',
            [
                Range,
                .. Conditions.Select(static condition => condition.Parameters),
                .. Search is null ? (string[])[] : [$"q={Uri.EscapeDataString(Search)}"],
            ]
        );

    /// <summary>True for a record that it selects, whenever it started.</summary>
    public bool Matches(UsageRecord record) =>
        Conditions.All(condition => condition.Holds(record))
        && (Search is null || Dimensions.IsFound(record, Search.Trim()));

    /// <summary>True for a record that it selects.</summary>
    public bool Selects(UsageRecord record) => record.StartedAt >= From && record.StartedAt < To && Matches(record);

    /// <summary>
    /// The conditions as parameters of a route that has only some fields; null if it cannot express them. Each field is
    /// at most once.
    /// </summary>
    /// <param name="parameters">The parameters by field.</param>
    /// <param name="maxValues">The maximum number of values.</param>
    public string? Express(IReadOnlyDictionary<string, string> parameters, int maxValues)
    {
        if (Search is not null)
            return null;
        var text = "";
        foreach (var condition in Conditions)
        {
            if (
                condition.Names is not { } names
                || names.Count > maxValues
                || !parameters.TryGetValue(condition.Field, out var parameter)
                || Conditions.Count(other => other.Field == condition.Field) > 1
            )
                return null;
            text += string.Concat(names.Select(name => $"&{parameter}={Uri.EscapeDataString(name)}"));
        }

        return text;
    }

    /// <inheritdoc/>
    public override string ToString() => $"question {Number}: ?{Uri.UnescapeDataString(Scope)}";

    public static string Format(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Instants, CultureInfo.InvariantCulture);

    private static bool IsSecond(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerSecond == 0;
}
