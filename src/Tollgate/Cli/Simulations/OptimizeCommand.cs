using System.CommandLine;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate optimize</c>: recommends a plan for a profile, with reasons.</summary>
internal sealed class OptimizeCommand
{
    private readonly ScenarioOptions _scenario;
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "The user profile; the other options override it.",
    };
    private readonly Option<string?> _risk = new("--risk")
    {
        Description = "The risk tolerance: a bad month counts in full, by half, or not at all.",
    };
    private readonly Option<decimal?> _volume = CommonOptions.Number(
        "--volume",
        "The input and output tokens per month of all users.",
        "TOKENS",
        1
    );
    private readonly Option<decimal?> _predictability = CommonOptions.Number(
        "--predictability",
        "The weight of a predictable bill, from 0 to 1.",
        "SHARE",
        0,
        1
    );
    private readonly Option<decimal?> _budget = CommonOptions.Number(
        "--budget",
        "The maximum mean charge per month, in USD.",
        "USD",
        0
    );
    private readonly Option<string> _format = ReportFormat.Option();

    private OptimizeCommand(TimeProvider time)
    {
        _scenario = new ScenarioOptions(time);
        _profile.AcceptOnlyFromAmong([.. UserProfile.Names]);
        _risk.AcceptOnlyFromAmong("low", "medium", "high");
    }

    public static Command Create(TimeProvider time)
    {
        var optimize = new OptimizeCommand(time);
        var command = new Command(
            "optimize",
            "Recommend a plan for a profile. "
                + "SCENARIO may also be the id of a saved result, which is used at its own volume."
        );
        optimize._scenario.AddTo(command);
        foreach (
            var option in (Option[])
                [
                    optimize._profile,
                    optimize._risk,
                    optimize._volume,
                    optimize._predictability,
                    optimize._budget,
                    optimize._format,
                ]
        )
            command.Add(option);
        command.SetAction(optimize.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var profile = Profile(parsed);
        await using var workspace = _scenario.Open(parsed);
        var simulations = new SimulationOperations(workspace);
        if (_scenario.FindSaved(parsed, simulations) is { } saved)
            return Print(parsed, SimulationOperations.Recommend(saved, profile));
        var input = await simulations.ReadAsync(_scenario.Read(parsed), cancellationToken);
        var advice = await _scenario.RunAsync(
            parsed,
            input,
            (scenario, run, _) => SimulationOperations.Recommend(scenario, profile, run, cancellationToken)
        );
        var printed = Print(parsed, advice);
        return advice.IsComplete
            ? printed
            : await Cancellation.ReportAsync(
                parsed.InvocationConfiguration.Error,
                advice.Trials,
                input.Scenario.Trials,
                "trials"
            );
    }

    private int Print(ParseResult parsed, Recommendation advice)
    {
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!);
        if (format == "json")
        {
            JsonOutput.Write(output, advice, SimulationJson.Readable.Recommendation);
            return advice.Plan is null ? ExitCodes.Failed : ExitCodes.Success;
        }

        if (format != "csv")
        {
            output.WriteLine(
                advice.Plan is null
                    ? "No plan is within the budget."
                    : $"Recommended: {ResultTable.Printable(advice.Plan)}"
            );
            foreach (var reason in advice.Reasons)
                output.WriteLine($"- {ResultTable.Printable(reason)}");
            output.WriteLine();
        }

        ReportRows.Ranking(advice).Print(output, format, "All plans, in USD per month");
        return advice.Plan is null ? ExitCodes.Failed : ExitCodes.Success;
    }

    private UserProfile Profile(ParseResult parsed)
    {
        var profile = parsed.GetValue(_profile) is { } name ? UserProfile.ForName(name) : new UserProfile();
        return profile with
        {
            RiskTolerance = parsed.GetValue(_risk) is { } risk
                ? Enum.Parse<RiskTolerance>(risk, ignoreCase: true)
                : profile.RiskTolerance,
            UsageVolume = (double?)parsed.GetValue(_volume) ?? profile.UsageVolume,
            PredictabilityPreference = (double?)parsed.GetValue(_predictability) ?? profile.PredictabilityPreference,
            Budget = parsed.GetValue(_budget),
        };
    }
}
