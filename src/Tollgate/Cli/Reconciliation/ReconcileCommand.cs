using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Collectors;
using Tollgate.Collectors.Reconciling;
using Tollgate.Collectors.Sources;
using Tollgate.Configuration;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Naming;

namespace Tollgate.Cli.Reconciliation;

/// <summary><c>tollgate reconcile</c>: compares the ledger with a provider's own report.</summary>
internal sealed class ReconcileCommand
{
    private static readonly string[] Titles =
    [
        "day",
        "model",
        "key",
        "status",
        "requests_here",
        "requests_there",
        "input_here",
        "input_there",
        "cached_here",
        "cached_there",
        "output_here",
        "output_there",
        "tokens_difference",
        "usd_here",
        "usd_there",
        "usd_difference",
        "unpriced_here",
    ];

    private static readonly string[] Brief =
    [
        "day",
        "model",
        "key",
        "status",
        "input_here",
        "input_there",
        "output_here",
        "output_there",
        "usd_here",
        "usd_there",
    ];

    private readonly Func<ConfigurationRequest> _process;
    private readonly TimeProvider _time;
    private readonly CollectOptions _reports;
    private readonly Option<string[]> _by = new("--by")
    {
        Description = "The dimensions to compare by: day, model, key, or several of them; default: day and model.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "The deployment that uses the key with this provider id: --key key_abc=openai.",
        HelpName = "ID=DEPLOYMENT",
    };
    private readonly Option<decimal?> _tolerance = CommonOptions.Number(
        "--tolerance",
        "The maximum difference, in percent of the provider's figure, that still counts as a match; default: 0.",
        "PERCENT"
    );
    private readonly Option<bool> _write = new("--write-corrections")
    {
        Description =
            "Record corrections by day and model that align the ledger with the report. Days that are not final are "
            + "skipped.",
    };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private ReconcileCommand(Func<ConfigurationRequest> process, TimeProvider time, CollectOptions reports)
    {
        (_process, _time, _reports) = (process, time, reports);
        _by.AcceptOnlyFromAmong("day", "model", "key");
        _keys.Validators.Add(static result =>
        {
            if (
                result.Tokens.FirstOrDefault(static token =>
                    token.Value.Split('=') is not [{ Length: > 0 }, { Length: > 0 }]
                ) is
                { } wrong
            )
                result.AddError($"--key must be ID=DEPLOYMENT, such as key_abc=openai, not '{wrong.Value}'.");
        });
        _tolerance.Validators.Add(static result =>
        {
            if (
                result.Tokens.Count > 0
                && decimal.TryParse(
                    result.Tokens[0].Value,
                    NumberStyles.Number,
                    CultureInfo.InvariantCulture,
                    out var percent
                )
                && percent is < 0 or > 100
            )
                result.AddError("--tolerance must be a percentage from 0 to 100.");
        });
    }

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time) =>
        Create(process, time, new CollectOptions(takesAll: false));

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time, CollectOptions reports)
    {
        var reconcile = new ReconcileCommand(process, time, reports);
        var command = new Command(
            "reconcile",
            "Compare the ledger with a provider's own report. Exits with 3 if they differ."
        )
        {
            reconcile._by,
            reconcile._keys,
            reconcile._tolerance,
            reconcile._write,
            reconcile._yes,
            reconcile._data,
            reconcile._format,
        };
        reports.AddTo(command);
        command.SetAction(reconcile.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (_, _, period) = _reports.Days(parsed);
        var settings = LedgerLocation.SettingsFor(parsed.GetValue(_data));
        var options = LedgerLocation.FromSettings(settings) with { TimeProvider = _time };
        var query = UsageLedger.OpenReadOnly(options);
        var lines = await _reports.CollectAsync(parsed, _process(), settings.DataFolder, _time, cancellationToken);
        var names = ReportSources.LedgerProviderIds(parsed.GetValue(_reports.Provider)!);
        var inputs = new Inputs(
            lines,
            names,
            period,
            CustomPrices.FromSettings(settings).BuildPriceBook(),
            (parsed.GetValue(_tolerance) ?? 0) / 100
        );

        var cells = await CompareAsync(query, ParseGrouping(parsed), inputs, cancellationToken);
        new ResultTable(Titles, cells.Select(Row)) { Brief = Brief }.Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!
        );
        var error = parsed.InvocationConfiguration.Error;
        await error.WriteLineAsync(Summary(cells));
        var exitCode = cells.All(static cell => cell.Status == CellStatus.Matched)
            ? ExitCodes.Success
            : ExitCodes.LimitExceeded;
        if (!parsed.GetValue(_write))
            return exitCode;
        var byDay = await CompareAsync(
            query,
            ReconciliationGrouping.DayAndModel with
            {
                IsCoarse = IsCoarse(parsed),
            },
            inputs,
            cancellationToken
        );
        if (await PurgedRecords.ExistAsync(query, byDay, inputs.Names, inputs.Period, _time, cancellationToken))
        {
            await error.WriteLineAsync(
                "tollgate: The ledger's rollups contain more than its records: some of these days were purged. "
                    + "Correcting them would count them twice. Nothing was recorded."
            );
            return ExitCodes.Failed;
        }

        return await CorrectAsync(parsed, options, byDay, inputs, cancellationToken) ? exitCode : ExitCodes.Failed;
    }

    private static async Task<IReadOnlyList<Comparison>> CompareAsync(
        UsageQuery query,
        ReconciliationGrouping grain,
        Inputs inputs,
        CancellationToken cancellationToken
    )
    {
        var reconciliation = new Collectors.Reconciling.Reconciliation(grain, inputs.Prices);
        foreach (var name in inputs.Names)
            await reconciliation.AddLedgerAsync(query, name, inputs.Period, cancellationToken);
        foreach (var line in inputs.Lines)
            reconciliation.Add(line);
        return reconciliation.Compare(inputs.Tolerance);
    }

    private async Task<bool> CorrectAsync(
        ParseResult parsed,
        LedgerOptions options,
        IReadOnlyList<Comparison> cells,
        Inputs inputs,
        CancellationToken cancellationToken
    )
    {
        var error = parsed.InvocationConfiguration.Error;
        if (inputs.Lines.Count == 0 && cells.Count > 0)
        {
            await error.WriteLineAsync(
                "tollgate: The provider reports no usage at all for these days. This usually means that the key "
                    + "belongs to another organization. Nothing was recorded."
            );
            return false;
        }

        var open = cells.Count(cell =>
            cell.Status != CellStatus.Matched && !DayCache.IsFinal(cell.Key.Day!.Value, _time)
        );
        if (open > 0)
            await error.WriteLineAsync(
                $"{open} differences are on days that ended less than 48 hours ago, whose reports are not final yet; "
                    + $"they were skipped."
            );
        var records = cells
            .Where(cell => DayCache.IsFinal(cell.Key.Day!.Value, _time))
            .Select(cell => ReportCorrections.FromComparison(cell, inputs.Names[0]))
            .OfType<ReportCorrection>()
            .Select(static correction => correction.ToRecord())
            .ToList();
        if (records.Count == 0)
        {
            await error.WriteLineAsync("There is nothing to correct.");
            return true;
        }

        var words =
            $"{records.Count} corrections, "
            + $"{records.Aggregate(Money.Zero, static (sum, record) => sum + (record.Cost ?? Money.Zero))} USD in "
            + $"total";
        if (
            !parsed.GetValue(_yes)
            && !await Confirmation.ConfirmAsync(
                $"Record {words}?",
                "--write-corrections requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was recorded.",
                error
            )
        )
            return false;
        await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
        var booked = await ledger.AppendAsync(records);
        await error.WriteLineAsync($"Recorded {booked} of {words}.");
        return true;
    }

    private ReconciliationGrouping ParseGrouping(ParseResult parsed)
    {
        var by = parsed.GetValue(_by) is { Length: > 0 } given ? given : ["day", "model"];
        var keys = (parsed.GetValue(_keys) ?? [])
            .Select(static pair => pair.Split('='))
            .GroupBy(static pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(static pair => pair.Key, static pair => pair.Last()[1], StringComparer.Ordinal);
        return new ReconciliationGrouping(by.Contains("day"), by.Contains("model"), by.Contains("key"))
        {
            Keys = keys,
            IsCoarse = IsCoarse(parsed),
        };
    }

    private bool IsCoarse(ParseResult parsed) => parsed.GetValue(_reports.Provider) == "google";

    private static string Summary(IReadOnlyList<Comparison> cells)
    {
        int Number(CellStatus status) => cells.Count(cell => cell.Status == status);
        var text =
            $"{Number(CellStatus.Matched)} matched, {Number(CellStatus.Differs)} differ, "
            + $"{Number(CellStatus.MissingHere)} missing in the ledger, {Number(CellStatus.MissingThere)} missing "
            + $"at the provider.";
        var unstated = cells.Count(static cell =>
            cell.Provider.Cost is null
            && cell.Ledger.Cost is { } cost
            && cost != Money.Zero
            && cell.Status != CellStatus.MissingThere
        );
        return unstated == 0
            ? text
            : $"{text} The provider reports no cost for {unstated} lines: only their tokens were compared.";
    }

    private static object?[] Row(Comparison cell) =>
        [
            cell.Key.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            cell.Key.Model,
            cell.Key.Key,
            SnakeCase.From(cell.Status),
            cell.Ledger.Requests,
            cell.Provider.Requests,
            cell.Ledger.Usage.InputTokens,
            cell.Provider.Usage.InputTokens,
            cell.Ledger.Usage.CachedTokens,
            cell.Provider.Usage.CachedTokens,
            cell.Ledger.Usage.OutputTokens,
            cell.Provider.Usage.OutputTokens,
            cell.TokensDifference,
            cell.Ledger.Cost?.Usd,
            cell.Provider.Cost?.Usd,
            cell.CostDifference?.Usd,
            cell.Ledger.Unpriced,
        ];

    /// <summary>The compared columns, for any grouping.</summary>
    private sealed record Inputs(
        IReadOnlyList<ReportedUsage> Lines,
        IReadOnlyList<string> Names,
        UsagePeriod Period,
        PriceBook Prices,
        decimal Tolerance
    );
}
