using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage;

namespace Tollgate.Cli.Usage;

/// <summary><c>tollgate stats</c>: the totals of a period.</summary>
internal sealed class StatsCommand
{
    private static readonly string[] Titles =
    [
        "calls",
        "errors",
        "estimated",
        "unpriced",
        "input_tokens",
        "cached_tokens",
        "output_tokens",
        "reasoning_tokens",
        "total_tokens",
        "cost_usd",
        "duration_s",
        "average_input_tokens",
        "average_output_tokens",
        "average_cost_usd",
        "average_duration_s",
    ];

    private static readonly string[] Brief =
    [
        "calls",
        "errors",
        "unpriced",
        "input_tokens",
        "cached_tokens",
        "output_tokens",
        "cost_usd",
    ];

    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();
    private readonly Option<string?> _by = new("--by")
    {
        Description = "Group by model, provider, key, user, project, application, session, …",
    };
    private readonly Option<string?> _over = new("--over")
    {
        Description = "Show one line per hour, day, week or month with usage.",
    };
    private readonly Option<string> _zone = new("--timezone")
    {
        Description = "The time zone of days, weeks and months, such as Europe/Berlin.",
        DefaultValueFactory = static _ => "UTC",
        HelpName = "ZONE",
    };
    private readonly Option<string> _rank = new("--rank")
    {
        Description = "Rank lines by cost, requests, tokens or time.",
        DefaultValueFactory = static _ => "cost",
    };
    private readonly Option<string?> _period = new("--period")
    {
        Description = "The current hour, day, week, month or year, or 'all' (default).",
    };
    private readonly Option<bool>[] _current =
    [
        new("--daily") { Description = "The current day." },
        new("--weekly") { Description = "The current week, starting on Monday." },
        new("--monthly") { Description = "The current month." },
        new("--yearly") { Description = "The current year." },
    ];

    private readonly Option<string?> _start = new("--start")
    {
        Description = "The first day or time, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _end = new("--end")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };

    private StatsCommand(TimeProvider time)
    {
        _time = time;
        _by.AcceptOnlyFromAmong(Dimensions.Names);
        _over.AcceptOnlyFromAmong("hour", "day", "week", "month");
        _rank.AcceptOnlyFromAmong("cost", "requests", "tokens", "time");
        _zone.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(result.Tokens[0].Value, out _))
                result.AddError($"'{result.Tokens[0].Value}' is not a valid time zone. Write one like Europe/Berlin.");
        });
        _period.AcceptOnlyFromAmong("hour", "day", "week", "month", "year", "all");
        _start.Validators.Add(Dates.Check);
        _end.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var stats = new StatsCommand(time);
        var command = new Command("stats", "Show usage and cost.")
        {
            stats._period,
            stats._start,
            stats._end,
            stats._by,
            stats._over,
            stats._zone,
            stats._rank,
            stats._data,
            stats._format,
        };
        foreach (var flag in stats._current)
            command.Add(flag);
        command.Validators.Add(result =>
        {
            var asked =
                stats._current.Count(flag => result.GetValue(flag))
                + (result.GetResult(stats._period) is null ? 0 : 1)
                + ((result.GetResult(stats._start) ?? result.GetResult(stats._end)) is null ? 0 : 1);
            if (asked > 1)
                result.AddError(
                    "Give one period: "
                        + "--period, or one of --daily, --weekly, --monthly and --yearly, or --start with --end."
                );
            if (result.GetResult(stats._by) is not null && result.GetResult(stats._over) is not null)
                result.AddError("Give --by or --over, not both.");
        });
        command.SetAction(stats.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var usage = new UsageOperations(workspace, UsageReach.Everything);
        var period = GetPeriod(parsed);
        var totals = await usage.SummarizeAsync(period, cancellationToken);
        if (parsed.GetValue(_by) is { } by)
            Print(parsed, by, await GroupAsync(parsed, usage, period, by, cancellationToken));
        else if (parsed.GetValue(_over) is { } over)
            Print(
                parsed,
                "start",
                await usage.SeriesAsync(
                    period,
                    Enum.Parse<UsageBucket>(over, ignoreCase: true),
                    GetTimeZone(parsed),
                    cancellationToken
                )
            );
        else
            await PrintAllAsync(parsed, usage, period, totals, cancellationToken);

        // An incomplete total is always reported as such, whatever the output.
        if (totals.Unpriced > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{totals.Unpriced} call{(totals.Unpriced == 1 ? "" : "s")} unpriced: "
                    + "their cost is not included in these totals."
            );
        return ExitCodes.Success;
    }

    /// <summary>
    /// Prints the totals, and in a terminal also the ranked models. A program gets those with <c>--by model</c>.
    /// </summary>
    private async Task PrintAllAsync(
        ParseResult parsed,
        UsageOperations usage,
        UsagePeriod period,
        UsageSummary totals,
        CancellationToken cancellationToken
    )
    {
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (format == "json")
        {
            JsonOutput.Write(output, [totals], OperationsJson.Indented.IReadOnlyListUsageSummary);
            return;
        }

        new ResultTable(Titles, [Row(totals)]) { Brief = [.. Brief, "average_cost_usd", "average_duration_s"] }.Print(
            output,
            format
        );
        if (format != "table" || !ResultTable.IsTerminal(output) || totals.Calls == 0)
            return;
        await output.WriteLineAsync();
        Print(parsed, "model", await GroupAsync(parsed, usage, period, "model", cancellationToken));
    }

    private Task<IReadOnlyList<UsageSummary>> GroupAsync(
        ParseResult parsed,
        UsageOperations usage,
        UsagePeriod period,
        string by,
        CancellationToken cancellationToken
    ) =>
        usage.GroupAsync(
            period,
            Dimensions.Parse(by),
            Enum.Parse<UsageRank>(parsed.GetRequiredValue(_rank), ignoreCase: true),
            cancellationToken
        );

    private void Print(ParseResult parsed, string title, IReadOnlyList<UsageSummary> rows)
    {
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (format == "json")
            JsonOutput.Write(output, rows, OperationsJson.Indented.IReadOnlyListUsageSummary);
        else
            new ResultTable([title, .. Titles], rows.Select(row => (object?[])[Label(row), .. Row(row)]))
            {
                Brief = [title, .. Brief],
            }.Print(output, format);
    }

    /// <summary>A start as text with its offset: a day does not start at the same instant in every zone.</summary>
    private static string? Label(UsageSummary row) =>
        row.Start?.ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture) ?? row.Name;

    private TimeZoneInfo GetTimeZone(ParseResult parsed) =>
        TimeZoneInfo.FindSystemTimeZoneById(parsed.GetValue(_zone)!);

    private UsagePeriod GetPeriod(ParseResult parsed)
    {
        if (parsed.GetValue(_start) is null && parsed.GetValue(_end) is null)
            return CurrentPeriod.Parse(GetPeriodName(parsed), _time.GetUtcNow(), GetTimeZone(parsed));
        return Dates.Period(parsed.GetValue(_start), parsed.GetValue(_end));
    }

    private string GetPeriodName(ParseResult parsed)
    {
        string[] names = ["day", "week", "month", "year"];
        var flag = Array.FindIndex(_current, parsed.GetValue);
        return flag >= 0 ? names[flag] : parsed.GetValue(_period) ?? "all";
    }

    private static object?[] Row(UsageSummary row) =>
        [
            row.Calls,
            row.Errors,
            row.Estimated,
            row.Unpriced,
            row.InputTokens,
            row.CachedTokens,
            row.OutputTokens,
            row.ReasoningTokens,
            row.TotalTokens,
            row.CostUsd,
            row.DurationS,
            row.AverageInputTokens,
            row.AverageOutputTokens,
            row.AverageCostUsd,
            row.AverageDurationS,
        ];
}
