using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Workloads;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration.Locations;
using Tollgate.Operations.Simulations.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary>The options that define the simulation.</summary>
internal sealed class ScenarioOptions
{
    private readonly TimeProvider _time;
    private readonly Argument<string?> _scenario = new("SCENARIO")
    {
        Description = "A scenario in YAML or JSON; 'tollgate simulate example' prints one.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _plans = new("--plans")
    {
        Description = "Use the plans in this file instead of the scenario's.",
        HelpName = "FILE",
    };
    private readonly Option<int?> _trials = new("--trials")
    {
        Description = "The number of simulated trials.",
        HelpName = "COUNT",
    };
    private readonly Option<int?> _months = new("--months")
    {
        Description = "The number of months per trial.",
        HelpName = "COUNT",
    };
    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "The random seed: the same seed gives the same report.",
        HelpName = "NUMBER",
    };
    private readonly Option<int> _threads = CommonOptions.WholeNumber(
        "--threads",
        "The number of threads, which does not affect results; 0 for one per processor.",
        0,
        0,
        1024
    );
    private readonly Option<string?> _usage = new("--usage")
    {
        Description = "Draw from this CSV file: user, month or time, input_tokens, output_tokens.",
        HelpName = "FILE.csv",
    };
    private readonly Option<bool> _ledger = new("--ledger") { Description = "Draw from the ledger's user-months." };
    private readonly PeriodOptions _period = new();

    public ScenarioOptions(TimeProvider time) => _time = time;

    public Option<string?> Data => _period.Data;

    /// <summary>The file's name as given; null if there is none.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_scenario);

    public void AddTo(Command command)
    {
        command.Add(_scenario);
        foreach (var option in (Option[])[_plans, _trials, _months, _seed, _threads, _usage, _ledger])
            command.Add(option);
        _period.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_ledger) && result.GetValue(_usage) is not null)
                result.AddError("Give --usage or --ledger, not both.");
            if (result.GetValue(_scenario) is null && result.GetResult(_plans) is null)
                result.AddError("Name a scenario, or plans with --plans and usage with --usage or --ledger.");
            else if (result.GetValue(_scenario) is null && result.GetValue(_usage) is null && !result.GetValue(_ledger))
                result.AddError("Plans alone are not a scenario: name one, or add usage with --usage or --ledger.");
        });
    }

    public SimulationOptions Run(ParseResult parsed, IProgress<SimulationProgress>? progress = null) =>
        new()
        {
            Threads = parsed.GetValue(_threads),
            Progress = progress,
            Clock = _time,
        };

    /// <summary>Returns the scenario, with notes on the source of its usage.</summary>
    /// <exception cref="InvalidDataException">A file is invalid; all errors are listed.</exception>
    public async Task<(Scenario Scenario, IReadOnlyList<string> Notes)> ReadAsync(
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var observed =
            parsed.GetValue(_usage) is { } usage ? CollectedUsage.Read(usage)
            : parsed.GetValue(_ledger)
                ? await CollectedUsage.ReadAsync(
                    UsageLedger.OpenReadOnly(parsed.ResolveLedger(Data)),
                    _period.Read(parsed),
                    cancellationToken
                )
            : null;
        var file = new ScenarioFile(
            new ModelRates(
                LedgerLocation.Prices(new LedgerOptions { DataFolder = DataFolder.Resolve(parsed.GetValue(Data)) }),
                _time.GetUtcNow()
            )
        );
        var scenario = parsed.GetValue(_scenario) is { } path
            ? file.Read(path, parsed.GetValue(_plans), observed)
            : new Scenario
            {
                Plans = file.ReadPlans(parsed.GetValue(_plans)!),
                Workload = observed!.ApplyTo(new Workload()),
            };
        return (
            scenario with
            {
                Trials = parsed.GetValue(_trials) ?? scenario.Trials,
                Months = parsed.GetValue(_months) ?? scenario.Months,
                Seed = parsed.GetValue(_seed) ?? scenario.Seed,
            },
            observed is null ? [] : [observed.Describe]
        );
    }

    /// <summary>The results saved in the data folder.</summary>
    public ResultFolder Results(ParseResult parsed) => new(DataFolder.Resolve(parsed.GetValue(Data)), _time);
}
