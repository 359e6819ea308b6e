using System.CommandLine;
using Tollgate.Analytics.Simulation;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;
using Tollgate.Operations.Workspaces;

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

    public void AddTo(Command command)
    {
        command.Add(_scenario);
        foreach (var option in (Option[])[_plans, _trials, _months, _seed, _threads, _usage, _ledger])
            command.Add(option);
        _period.AddTo(command);
    }

    /// <summary>Returns the requested scenario.</summary>
    public ScenarioRequest Read(ParseResult parsed) =>
        new()
        {
            File = parsed.GetValue(_scenario),
            PlansFile = parsed.GetValue(_plans),
            UsageFile = parsed.GetValue(_usage),
            FromLedger = parsed.GetValue(_ledger),
            Period = _period.Read(parsed),
            Trials = parsed.GetValue(_trials),
            Months = parsed.GetValue(_months),
            Seed = parsed.GetValue(_seed),
        };

    /// <summary>Opens the ledger and the saved results.</summary>
    public Workspace Open(ParseResult parsed) => parsed.OpenWorkspace(Data, _time);

    /// <summary>Returns the saved result that is named in the place of a scenario; null if none is.</summary>
    public SavedResult? FindSaved(ParseResult parsed, SimulationOperations simulations) =>
        parsed.GetValue(_scenario) is { } name ? simulations.Find(name) : null;

    /// <summary>
    /// Runs a computation on a scenario with progress on the terminal; a cancellation ends it with a partial result.
    /// </summary>
    /// <exception cref="InvalidDataException">It was canceled before there was any result.</exception>
    public async Task<T> RunAsync<T>(
        ParseResult parsed,
        SimulationInput input,
        Func<SimulationInput, SimulationOptions, SimulationProgressLine?, T> compute
    )
    {
        using var progress = SimulationProgressLine.Start(_time);
        return await Cancellation.RunAsync(() => compute(input, CreateOptions(parsed, progress), progress));
    }

    private SimulationOptions CreateOptions(ParseResult parsed, IProgress<SimulationProgress>? progress) =>
        new()
        {
            Threads = parsed.GetValue(_threads),
            Progress = progress,
            Clock = _time,
        };
}
