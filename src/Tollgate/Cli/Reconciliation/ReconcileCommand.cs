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

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (_, _, period) = _reports.Days(parsed);
        var settings = LedgerLocation.SettingsFor(parsed.GetValue(_data));
        var options = LedgerLocation.Of(settings) with { TimeProvider = _time };
        var query = UsageLedger.OpenReadOnly(options);
        var lines = await _reports.CollectAsync(parsed, _process(), settings.DataFolder, _time, cancellation);
        var names = ReportSources.LedgerNames(parsed.GetValue(_reports.Provider)!);
        var inputs = new Inputs(
            lines,
            names,
            period,
            OwnPrices.Of(settings).Book(),
            (parsed.GetValue(_tolerance) ?? 0) / 100
        );

        var cells = await CompareAsync(query, GrainOf(parsed), inputs, cancellation);
        new Listing(Titles, cells.Select(Row)) { Brief = Brief }.Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!
        );
        var error = parsed.InvocationConfiguration.Error;
        await error.WriteLineAsync(Summary(cells));
        var exitCode = cells.All(static cell => cell.Status == CellStatus.Matched)
            ? ExitCodes.Done
            : ExitCodes.Breached;
        if (!parsed.GetValue(_write))
            return exitCode;
        var byDay = await CompareAsync(
            query,
            ReconcileGrain.DayAndModel with
            {
                IsCoarse = IsCoarse(parsed),
            },
            inputs,
            cancellation
        );
        if (await PurgedRecords.AreMissingAsync(query, byDay, inputs.Names, inputs.Period, _time, cancellation))
        {
            await error.WriteLineAsync(
                "tollgate: The ledger's rollups contain more than its records: some of these days were purged. "
                    + "Correcting them would count them twice. Nothing was recorded."
            );
            return ExitCodes.Failed;
        }

        return await CorrectAsync(parsed, options, byDay, inputs, cancellation) ? exitCode : ExitCodes.Failed;
    }

    private static async Task<IReadOnlyList<Comparison>> CompareAsync(
        UsageQuery query,
        ReconcileGrain grain,
        Inputs inputs,
        CancellationToken cancellation
    )
    {
        var reconciliation = new Collectors.Reconciling.Reconciliation(grain, inputs.Prices);
        foreach (var name in inputs.Names)
            await reconciliation.AddLedgerAsync(query, name, inputs.Period, cancellation);
        foreach (var line in inputs.Lines)
            reconciliation.Add(line);
        return reconciliation.Compare(inputs.Tolerance);
    }

    private async Task<bool> CorrectAsync(
        ParseResult parsed,
        LedgerOptions options,
        IReadOnlyList<Comparison> cells,
        Inputs inputs,
        CancellationToken cancellation
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
            cell.Status != CellStatus.Matched && !DayCache.IsFinal(cell.Name.Day!.Value, _time)
        );
        if (open > 0)
            await error.WriteLineAsync(
                $"{open} differences are on days that ended less than 48 hours ago, whose reports are not final yet; "
                    + $"they were skipped."
            );
        var records = cells
            .Where(cell => DayCache.IsFinal(cell.Name.Day!.Value, _time))
            .Select(cell => ReportCorrections.Of(cell, inputs.Names[0]))
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
            && !await Confirmation.AskAsync(
                $"Record {words}?",
                "--write-corrections requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was recorded.",
                error
            )
        )
            return false;
        await using var ledger = await UsageLedger.OpenAsync(options, cancellation);
        var booked = await ledger.AppendAsync(records);
        await error.WriteLineAsync($"Recorded {booked} of {words}.");
        return true;
    }

    private ReconcileGrain GrainOf(ParseResult parsed)
    {
        var by = parsed.GetValue(_by) is { Length: > 0 } given ? given : ["day", "model"];
        var keys = (parsed.GetValue(_keys) ?? [])
            .Select(static pair => pair.Split('='))
            .GroupBy(static pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(static pair => pair.Key, static pair => pair.Last()[1], StringComparer.Ordinal);
        return new ReconcileGrain(by.Contains("day"), by.Contains("model"), by.Contains("key"))
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
            cell.There.Cost is null
            && cell.Here.Cost is { } cost
            && cost != Money.Zero
            && cell.Status != CellStatus.MissingThere
        );
        return unstated == 0
            ? text
            : $"{text} The provider reports no cost for {unstated} lines: only their tokens were compared.";
    }

    private static object?[] Row(Comparison cell) =>
        [
            cell.Name.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            cell.Name.Model,
            cell.Name.Key,
            SnakeCase.From(cell.Status),
            cell.Here.Requests,
            cell.There.Requests,
            cell.Here.Usage.InputTokens,
            cell.There.Usage.InputTokens,
            cell.Here.Usage.CachedTokens,
            cell.There.Usage.CachedTokens,
            cell.Here.Usage.OutputTokens,
            cell.There.Usage.OutputTokens,
            cell.TokensDifference,
            cell.Here.Cost?.Usd,
            cell.There.Cost?.Usd,
            cell.CostDifference?.Usd,
            cell.Here.Unpriced,
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
