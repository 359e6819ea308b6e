using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Commands;

/// <summary><c>tollgate stats</c>: the sums of a period.</summary>
internal sealed class StatsCommand
{
    private static readonly string[] Titles =
    [
        "calls", "errors", "estimated", "unpriced", "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "total_tokens", "cost_usd",
    ];

    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();
    private readonly Option<string?> _by = new("--by") { Description = "One line for each model, provider, key, user or project." };
    private readonly Option<string?> _period = new("--period") { Description = "The current hour, day, week, month or year (UTC), or 'all', which is the default." };
    private readonly Option<string?> _start = new("--start") { Description = "The first day or moment, such as 2026-11-01 (UTC).", HelpName = "DATE" };
    private readonly Option<string?> _end = new("--end") { Description = "The last day, which is included, or the first moment after.", HelpName = "DATE" };

    private StatsCommand(TimeProvider time)
    {
        _time = time;
        _by.AcceptOnlyFromAmong("model", "provider", "key", "user", "project");
        _period.AcceptOnlyFromAmong("hour", "day", "week", "month", "year", "all");
        _start.Validators.Add(CheckDate);
        _end.Validators.Add(CheckDate);
    }

    public static Command Create(TimeProvider time)
    {
        var stats = new StatsCommand(time);
        var command = new Command("stats", "Show what was used and what it cost.")
        {
            stats._period, stats._start, stats._end, stats._by, stats._data, stats._format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(stats._period) is not null && (result.GetResult(stats._start) ?? result.GetResult(stats._end)) is not null)
                result.AddError("--period goes without --start and --end.");
        });
        command.SetAction(stats.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var query = UsageLedger.OpenReadOnly(parsed.Ledger(_data));
        var period = PeriodOf(parsed);
        var output = parsed.InvocationConfiguration.Output;
        var format = parsed.GetValue(_format)!;
        var totals = await query.TotalsAsync(period);
        if (parsed.GetValue(_by) is { } by)
        {
            var groups = await query.GroupAsync(period, Enum.Parse<UsageDimension>(by, ignoreCase: true));
            new Listing([by, .. Titles], groups.Select(group => Row(group.Totals).Prepend(group.Name).ToArray())).Print(output, format);
        }
        else
        {
            new Listing(Titles, [Row(totals)]).Print(output, format);
        }

        // A total that leaves something out says so, wherever it goes.
        if (totals.Unpriced > 0) await parsed.InvocationConfiguration.Error.WriteLineAsync($"{totals.Unpriced} calls unpriced: their cost is not in these sums.");
        return ExitCodes.Done;
    }

    private UsagePeriod PeriodOf(ParseResult parsed)
    {
        if (parsed.GetValue(_start) is null && parsed.GetValue(_end) is null) return Current(parsed.GetValue(_period) ?? "all");
        return new UsagePeriod(
            parsed.GetValue(_start) is { } start ? Date(start)!.Value.At : null,
            parsed.GetValue(_end) is { } end ? EndOf(Date(end)!.Value) : null);
    }

    private UsagePeriod Current(string period)
    {
        var now = _time.GetUtcNow();
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return period switch
        {
            "hour" => new UsagePeriod(day.AddHours(now.Hour), day.AddHours(now.Hour + 1)),
            "day" => new UsagePeriod(day, day.AddDays(1)),
            "week" => WeekOf(day),
            "month" => new UsagePeriod(day.AddDays(1 - day.Day), day.AddDays(1 - day.Day).AddMonths(1)),
            "year" => new UsagePeriod(new DateTimeOffset(day.Year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(day.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            _ => UsagePeriod.All,
        };
    }

    /// <summary>Weeks begin on Monday (ISO 8601).</summary>
    private static UsagePeriod WeekOf(DateTimeOffset day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new UsagePeriod(monday, monday.AddDays(7));
    }

    private static object?[] Row(UsageTotals totals) =>
    [
        totals.Calls,
        totals.Errors,
        totals.Estimated,
        totals.Unpriced,
        totals.Usage.InputTokens,
        totals.Usage.CachedTokens,
        totals.Usage.OutputTokens,
        totals.Usage[Metering.Usage.UsageKind.OutputReasoning],
        totals.Usage.TotalTokens,
        totals.Cost.Usd,
    ];

    private static DateTimeOffset EndOf((DateTimeOffset At, bool IsDay) end) => end.IsDay ? end.At.AddDays(1) : end.At;

    private static (DateTimeOffset At, bool IsDay)? Date(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), true);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? (at, false) : null;
    }

    private static void CheckDate(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens.Count > 0 && Date(result.Tokens[0].Value) is null)
            result.AddError($"'{result.Tokens[0].Value}' is not a date. Write it like 2026-11-01 or 2026-11-01T12:00:00Z.");
    }
}
