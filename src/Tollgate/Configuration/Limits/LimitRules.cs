using System.Globalization;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Configuration.Limits;

/// <summary>Creates limits from a file's rules, or reports errors at the key concerned.</summary>
internal static class LimitRules
{
    public static void Add(ConfigurationDraft draft, LimitRuleDraft rule, LocatedValue place)
    {
        if (rule.IsBroken)
            return;
        if (rule.Unset.Count > 0)
            place.Error($"{string.Join(" and ", rule.Unset)} is not set, so this limit is undefined.");
        else if (new RuleReader(rule, place).Read() is { } limit)
            Add(draft, limit, place);
    }

    /// <summary>Returns a time zone by its name, such as <c>Europe/Berlin</c>.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static TimeZoneInfo ParseTimeZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new FormatException(
                $"'{name}' is not a known time zone on this machine. Write one such as Europe/Berlin or UTC."
            );

    /// <summary>Parses the local time at which a window starts.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTime ParseAnchor(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && time.Kind == DateTimeKind.Unspecified
        && time.Year is > 1900 and < 2200
            ? time
            : throw new FormatException(
                $"'{text}' is not a valid local time. Write it like 2026-01-15 or 2026-01-15T06:00, without a zone."
            );

    /// <summary>Parses a time.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new FormatException($"'{text}' is not a valid time. Write it like 2026-11-30T12:00:00Z.");

    private static void Add(ConfigurationDraft draft, Limit limit, LocatedValue place)
    {
        if (draft.Limits.Exists(other => other.Id == limit.Id))
            place.Error($"The limit '{limit.Id}' is defined twice. Keep one.");
        else
            draft.Limits.Add(limit);
    }

    /// <summary>Creates one rule; each error is reported at its key.</summary>
    private sealed class RuleReader(LimitRuleDraft rule, LocatedValue place)
    {
        private bool _failed;

        public Limit? Read()
        {
            var traits = new WindowOptions(
                ReadPart("timezone", rule.TimeZone, static text => ParseTimeZone(text)),
                rule.Anchor is null ? null : ReadPart("anchor", rule.Anchor, ParseAnchor)
            );
            var statement = rule.Limit is not null ? ReadShorthand(traits) : ReadParts(traits);
            var scope = Try("scope", () => LimitScope.Create(rule.Scope));
            var increase = ReadIncrease(statement.Metric);
            if (_failed)
                return null;
            return statement.ToLimit(scope!) with
            {
                Mode = rule.Mode ?? LimitMode.Hard,
                AlertThresholds =
                [
                    .. rule
                        .AlertAt.Select(static part => int.Parse(part, CultureInfo.InvariantCulture))
                        .Distinct()
                        .Order(),
                ],
                TemporaryIncrease = increase,
            };
        }

        private LimitExpression ReadShorthand(WindowOptions traits)
        {
            if (rule.Metric is not null || rule.Window is not null || rule.Amount is not null)
                Fail("limit", "'limit' already contains metric, window and amount. Remove those, or this.");
            var statement = Try("limit", () => LimitText.Parse(rule.Limit!, traits));
            if (rule.Burst is null || _failed)
                return statement;
            traits = traits with { Burst = Try("burst", () => LimitText.ParseAmount(statement.Metric, rule.Burst)) };
            return _failed ? statement : Try("burst", () => LimitText.Parse(rule.Limit!, traits));
        }

        private LimitExpression ReadParts(WindowOptions traits)
        {
            if (rule.Metric is null || rule.Amount is null)
            {
                Fail(
                    "",
                    $"A limit needs a metric and an amount: {(rule.Metric is null ? "metric" : "amount")} is missing."
                );
                return default;
            }

            var metric = ReadPart("metric", rule.Metric, LimitName.ParseMetric);
            var amount = Try("amount", () => LimitText.ParseAmount(metric, rule.Amount));
            if (rule.Burst is not null)
                traits = traits with { Burst = Try("burst", () => LimitText.ParseAmount(metric, rule.Burst)) };
            if (LimitName.GetInstantWindow(metric) is { } own)
            {
                if (rule.Window is not null)
                    Fail("window", $"{LimitName.Format(metric)} has no window. Remove this line.");
                return new LimitExpression(metric, own, amount);
            }

            if (rule.Window is null)
            {
                Fail("", "This limit has no window. Write window: day, for example, or window: total.");
                return default;
            }

            return new LimitExpression(metric, Try("window", () => WindowText.Parse(rule.Window, traits))!, amount);
        }

        private TemporaryIncrease? ReadIncrease(LimitMetric metric)
        {
            if (rule.IncreaseAmount is null && rule.IncreaseUntil is null)
                return null;
            if (rule.IncreaseAmount is null || rule.IncreaseUntil is null)
            {
                Fail("increase", "'increase' needs an amount and an end time.");
                return null;
            }

            return new TemporaryIncrease(
                Try("increase.amount", () => LimitAmount.Parse(metric, rule.IncreaseAmount)),
                ReadPart("increase.until", rule.IncreaseUntil, ParseTime)
            );
        }

        private T? ReadPart<T>(string key, string? text, Func<string, T> read) =>
            text is null ? default : Try(key, () => read(text));

        private T? Try<T>(string key, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                Fail(key, exception.Message);
                return default;
            }
        }

        private void Fail(string key, string message)
        {
            _failed = true;
            (key.Length == 0 ? place.Path : place.Path.Key(key)).Error(place.Position, message);
        }
    }
}
