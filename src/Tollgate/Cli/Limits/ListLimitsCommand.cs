using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Naming;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits list</c> and <c>show</c>: lists limits and their origin.</summary>
internal static class ListLimitsCommand
{
    private static readonly string[] Titles =
    [
        "limit",
        "name",
        "scope",
        "amount",
        "mode",
        "alert_at",
        "raise_amount",
        "raise_until",
        "window",
        "burst",
        "timezone",
        "anchor",
        "owner",
        "note",
    ];

    public static Command Create(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List the limits, their origin, and where a file differs.") { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var rows = await RowsAsync(
                    LedgerLocation.SettingsFor(parsed.GetValue(data)),
                    time,
                    parsed.InvocationConfiguration.Error,
                    cancellationToken
                );
                new ResultTable(Titles, rows)
                {
                    Brief = ["limit", "amount", "mode", "alert_at", "owner", "note"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    public static Command CreateShow(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var id = new Argument<string?>("LIMIT")
        {
            Description = "The limit's id, as listed; all limits if omitted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("show", "Show the definition of one limit, or all limits with their usage.")
        {
            id,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(id) is null)
                    return await ShowAllAsync(
                        parsed,
                        parsed.ResolveLedger(data) with
                        {
                            TimeProvider = time,
                        },
                        parsed.GetValue(format)!,
                        cancellationToken
                    );
                var rows = await RowsAsync(
                    LedgerLocation.SettingsFor(parsed.GetValue(data)),
                    time,
                    parsed.InvocationConfiguration.Error,
                    cancellationToken
                );
                if (rows.Find(row => Equals(row[0], parsed.GetValue(id))) is not { } found)
                    return await LimitsCommand.FailAsync(
                        parsed,
                        $"There is no limit '{parsed.GetValue(id)}'. See 'tollgate limits list'."
                    );
                new ResultTable(
                    ["field", "value"],
                    Titles.Zip(found, static (title, cell) => new object?[] { title, cell })
                ).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    /// <summary>
    /// Without an id, shows the status of all limits. Unlike 'check', the exit code does not depend on it.
    /// </summary>
    private static Task<int> ShowAllAsync(
        ParseResult parsed,
        LedgerOptions options,
        string format,
        CancellationToken cancellationToken
    ) =>
        LimitsCommand.WithLimitsAsync(
            options,
            async (ledger, definitions) =>
            {
                var set = await definitions.ListAsync(cancellationToken);
                await LimitsCommand.WarnAsync(set, parsed.InvocationConfiguration.Error);
                var now = options.TimeProvider.GetUtcNow();
                CheckLimitsCommand.PrintTable(
                    await LimitStatusReader.ReadAsync(ledger.Limits, set.Limits, now, cancellationToken),
                    now,
                    parsed.InvocationConfiguration.Output,
                    format
                );
                return ExitCodes.Success;
            },
            cancellationToken
        );

    private static async Task<List<object?[]>> RowsAsync(
        GatewaySettings settings,
        TimeProvider time,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var options = LedgerLocation.FromSettings(settings) with { TimeProvider = time };
        await using var server = options.Store;
        var set = await (await LimitDefinitions.OpenAsync(options, cancellationToken: cancellationToken)).ListAsync(
            cancellationToken
        );
        await LimitsCommand.WarnAsync(set, error);
        var files = settings
            .Limits.SelectMany(static source => source.Limits.Select(limit => limit with { Owner = source.Owner }))
            .ToDictionary(static limit => limit.Id);
        var waiting = files.Values.Where(file => set.Limits.All(limit => limit.Id != file.Id));
        return
        [
            .. set.Limits.Select(limit => Row(limit, Conflict(limit, files.GetValueOrDefault(limit.Id)))),
            .. waiting.Select(static limit => Row(limit, "from the next gateway start")),
        ];
    }

    /// <summary>Describes what a file defines but is not in force.</summary>
    private static string? Conflict(Limit limit, Limit? file) =>
        file is not null
        && file.Owner != limit.Owner
        && (
            file.Amount != limit.Amount
            || file.Mode != limit.Mode
            || file.Window != limit.Window
            || file.TemporaryIncrease != limit.TemporaryIncrease
            || !file.AlertThresholds.SequenceEqual(limit.AlertThresholds)
        )
            ? $"{(limit.Owner is null ? "set at run time" : "defined by its owner first")}; {file.Owner} defines "
                + $"{LimitText.FormatAmount(file.Metric, file.Amount)}{(file.Mode == limit.Mode ? "" : $" {SnakeCase.From(file.Mode)}")}"
            : null;

    /// <summary>The local time at which a window starts, if it is not the natural one.</summary>
    private static string? FormatAnchor(Limit limit) =>
        limit.Window is CalendarWindow window && window.Anchor != new CalendarWindow(window.Unit).Anchor
            ? window.Anchor.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
            : null;

    private static object?[] Row(Limit limit, string? note) =>
        [
            limit.Id,
            limit.Name,
            limit.Scope.ToString(),
            LimitText.FormatAmount(limit.Metric, limit.Amount),
            SnakeCase.From(limit.Mode),
            limit.AlertThresholds.IsEmpty ? null : string.Join(',', limit.AlertThresholds),
            limit.TemporaryIncrease is { } raise ? LimitAmount.ToText(limit.Metric, raise.Amount) : null,
            limit.TemporaryIncrease?.Until,
            limit.Window.Text,
            limit.Window is BucketWindow { Burst: { } burst } ? LimitAmount.ToText(limit.Metric, burst) : null,
            (limit.Window as CalendarWindow)?.Zone.Id,
            FormatAnchor(limit),
            limit.Owner,
            note,
        ];
}
