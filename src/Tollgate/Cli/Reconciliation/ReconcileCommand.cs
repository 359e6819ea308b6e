using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Operations.Json;
using Tollgate.Operations.Reconciliation;
using Tollgate.Operations.Text;

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
        "ledger_requests",
        "provider_requests",
        "ledger_input",
        "provider_input",
        "ledger_cached",
        "provider_cached",
        "ledger_output",
        "provider_output",
        "difference_tokens",
        "ledger_usd",
        "provider_usd",
        "difference_usd",
        "ledger_unpriced",
    ];

    private static readonly string[] Brief =
    [
        "day",
        "model",
        "key",
        "status",
        "ledger_input",
        "provider_input",
        "ledger_output",
        "provider_output",
        "ledger_usd",
        "provider_usd",
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
            "Record corrections by day and model that align the ledger with the report. "
            + "Days that are not final are skipped.",
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
        var request = ReadRequest(parsed);
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var reconciliation = new ReconciliationOperations(workspace);
        var result = await reconciliation.CompareAsync(request, cancellationToken);
        Print(parsed.InvocationConfiguration.Output, result, parsed.GetRequiredValue(_format));
        await parsed.InvocationConfiguration.Error.WriteLineAsync(Summarize(result));
        if (parsed.GetValue(_write) && !await CorrectAsync(parsed, reconciliation, result, cancellationToken))
            return ExitCodes.Failed;
        return result.IsMatch ? ExitCodes.Success : ExitCodes.LimitExceeded;
    }

    private async Task<bool> CorrectAsync(
        ParseResult parsed,
        ReconciliationOperations reconciliation,
        ReconciliationResult result,
        CancellationToken cancellationToken
    )
    {
        var error = parsed.InvocationConfiguration.Error;
        var plan = await reconciliation.PlanCorrectionsAsync(result, cancellationToken);
        if (plan.NotFinal > 0)
            await error.WriteLineAsync(
                $"{plan.NotFinal} differences are on days that ended less than 48 hours ago, whose reports are not "
                    + "final yet; they were skipped."
            );
        if (plan.Count == 0)
        {
            await error.WriteLineAsync("There is nothing to correct.");
            return true;
        }

        var description = $"{plan.Count} corrections, {plan.Total} USD in total";
        if (
            !parsed.GetValue(_yes)
            && !await Confirmation.ConfirmAsync(
                $"Record {description}?",
                "--write-corrections requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was recorded.",
                error
            )
        )
            return false;
        var booked = await reconciliation.CorrectAsync(plan, CommandWorkspace.Operator, cancellationToken);
        await error.WriteLineAsync($"Recorded {booked} of {description}.");
        return true;
    }

    private ReconciliationRequest ReadRequest(ParseResult parsed)
    {
        var by = parsed.GetValue(_by) is { Length: > 0 } given ? given : ["day", "model"];
        return new ReconciliationRequest
        {
            Report = _reports.Read(parsed, _process()),
            ByDay = by.Contains("day"),
            ByModel = by.Contains("model"),
            ByKey = by.Contains("key"),
            Keys = (parsed.GetValue(_keys) ?? [])
                .Select(static pair => pair.Split('='))
                .GroupBy(static pair => pair[0], StringComparer.Ordinal)
                .ToDictionary(static pair => pair.Key, static pair => pair.Last()[1], StringComparer.Ordinal),
            Tolerance = (parsed.GetValue(_tolerance) ?? 0) / 100,
        };
    }

    private static void Print(TextWriter output, ReconciliationResult result, string format)
    {
        if (format == "json")
            JsonOutput.Write(output, result, OperationsJson.Indented.ReconciliationResult);
        else
            new ResultTable(Titles, result.Cells.Select(Row)) { Brief = Brief }.Print(output, format);
    }

    private static string Summarize(ReconciliationResult result)
    {
        var text =
            $"{result.Count(CellStatus.Matched)} matched, {result.Count(CellStatus.Differs)} differ, "
            + $"{result.Count(CellStatus.MissingInLedger)} missing in the ledger, "
            + $"{result.Count(CellStatus.MissingAtProvider)} missing at the provider.";
        return result.WithoutCost == 0
            ? text
            : $"{text} The provider reports no cost for {result.WithoutCost} lines: only their tokens were compared.";
    }

    private static object?[] Row(ReconciliationCell cell) =>
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
}
