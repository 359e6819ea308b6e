using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits reset</c>: resets counters, and records that in the transcript log.</summary>
internal sealed class ResetLimitsCommand(TimeProvider time)
{
    private readonly Argument<string?> _id = new("LIMIT")
    {
        Description = "The limit's id, as listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<string?> Option)> _scope = ScopeOptions.Single(
        "Reset the limits for"
    );
    private readonly Option<bool> _global = new("--global")
    {
        Description = "Reset the limits over all calls together.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.TextFormat();

    public Command Create()
    {
        var command = new Command(
            "reset",
            "Reset the counters of limits. Amounts held by calls in flight stay reserved."
        )
        {
            _id,
            _global,
            _yes,
            _data,
            _format,
        };
        foreach (var (_, option) in _scope)
            command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, time);
        var counters = new CounterOperations(workspace);
        var selection = ReadSelection(parsed);
        var found = await counters.FindAsync(selection, cancellationToken);
        if (found.Count == 0)
            return await parsed.FailAsync("No counter matches. See 'tollgate limits check'.");
        var list = string.Join(
            ", ",
            found.Select(static usage => $"{Name(usage)} ({LimitRows.FormatAmount(usage.Metric, usage.Used)} used)")
        );
        if (
            !parsed.GetValue(_yes)
            && !await Confirmation.ConfirmAsync(
                $"Reset the counters of {list}?",
                "reset requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was reset.",
                parsed.InvocationConfiguration.Error
            )
        )
            return ExitCodes.Failed;
        var reset = await counters.ResetAsync(selection, CommandWorkspace.Operator, cancellationToken);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_format) == "json")
            JsonOutput.Write(output, reset, OperationsJson.Indented.IReadOnlyListLimitUsage);
        else
            foreach (var usage in reset)
                await output.WriteLineAsync(
                    $"Reset {Name(usage)}: {LimitRows.FormatAmount(usage.Metric, usage.Used)} cleared."
                );
        return ExitCodes.Success;
    }

    private CounterSelection ReadSelection(ParseResult parsed) =>
        new()
        {
            Limit = parsed.GetValue(_id),
            IsGlobal = parsed.GetValue(_global),
            Scope =
            [
                .. _scope
                    .Where(pair => parsed.GetValue(pair.Option) is not null)
                    .Select(pair => new ScopeTerm(pair.Dimension, parsed.GetValue(pair.Option))),
            ],
        };

    private static string Name(LimitUsage usage) => usage.Limit + LimitRows.FormatTarget(usage.Target);
}
