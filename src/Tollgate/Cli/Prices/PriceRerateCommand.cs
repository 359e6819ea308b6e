using System.CommandLine;
using Tollgate.Accounting.Rerating;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Configuration.Locations;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Problems;

namespace Tollgate.Cli.Prices;

/// <summary><c>tollgate prices rerate</c>: reprices recorded calls by adding corrections.</summary>
internal sealed class PriceRerateCommand
{
    private static readonly string[] Titles =
    [
        "provider",
        "model",
        "calls",
        "changed",
        "repriced",
        "cost_before_usd",
        "cost_after_usd",
        "difference_usd",
    ];

    private readonly TimeProvider _time;
    private readonly ConfigurationFlags _flags = new();
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or time, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Only calls that requested this model.",
        HelpName = "MODEL",
    };
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Show the differences without recording anything.",
    };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string> _format = CommonOptions.Format();

    private PriceRerateCommand(TimeProvider time)
    {
        _time = time;
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var rerate = new PriceRerateCommand(time);
        var command = new Command("rerate", "Reprice recorded calls at the current price list, by adding corrections.")
        {
            rerate._from,
            rerate._to,
            rerate._model,
            rerate._dryRun,
            rerate._yes,
            rerate._format,
        };
        rerate._flags.AddTo(command, listens: false);
        command.SetAction((parsed, cancellationToken) => rerate.RunAsync(parsed, process(), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        ConfigurationRequest process,
        CancellationToken cancellationToken
    )
    {
        var configuration = ConfigurationLoader.Load(_flags.Read(parsed, process));
        if (configuration.HasErrors)
            throw new InvalidDataException(
                $"Cannot determine the ledger and the prices: "
                    + $"{configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)}"
            );
        await using var workspace = WorkspaceLocation.FromSettings(
            configuration.Settings,
            _time,
            new WarningLog(parsed.InvocationConfiguration.Error)
        );
        var rerate = new RerateOperations(workspace);
        var scope = new RerateScope(
            Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)),
            parsed.GetValue(_model)
        );

        var preview = await rerate.PreviewAsync(scope, cancellationToken);
        new ResultTable(Titles, preview.Models.Select(Row)).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!
        );
        var error = parsed.InvocationConfiguration.Error;
        foreach (var line in DescribeUnchanged(preview))
            await error.WriteLineAsync(line);
        if (preview.Corrections == 0 || parsed.GetValue(_dryRun))
            return await PrintAsync(
                error,
                preview.Corrections == 0
                    ? "All costs are correct: nothing to do."
                    : $"{preview.Corrections} corrections would be recorded, {preview.Difference} USD in total."
            );
        if (!parsed.GetValue(_yes) && !await ConfirmAsync(preview, error))
            return ExitCodes.Failed;
        var report = await rerate.RunAsync(scope, CommandWorkspace.Operator, cancellationToken);
        return await PrintAsync(error, $"Recorded {report.Corrections} corrections, {report.Difference} USD in total.");
    }

    private static Task<bool> ConfirmAsync(RerateReport preview, TextWriter error) =>
        Confirmation.ConfirmAsync(
            $"Record {preview.Corrections} corrections, {preview.Difference} USD in total?",
            "rerate requires confirmation, and this session is not interactive. Add -y, or --dry-run to preview.",
            "Nothing was recorded.",
            error
        );

    private static async Task<int> PrintAsync(TextWriter error, string line)
    {
        await error.WriteLineAsync(line);
        return ExitCodes.Success;
    }

    private static IEnumerable<string> DescribeUnchanged(RerateReport report)
    {
        if (report.Stated > 0)
            yield return $"{report.Stated} calls keep the cost that the caller reported, or that the provider "
                + "does not charge.";
        if (report.NoUsage > 0)
            yield return $"{report.NoUsage} calls are unchanged: nothing was consumed, or the usage is unknown.";
        if (report.NoPrice > 0)
            yield return $"{report.NoPrice} calls are unchanged: no price is known for them.";
    }

    private static object?[] Row(RerateModel model) =>
        [
            model.Provider,
            model.Model,
            model.Calls,
            model.Changed,
            model.PricedAfterwards,
            model.Before.Usd,
            model.After.Usd,
            model.Difference.Usd,
        ];
}
