using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary>
/// <c>tollgate limits check</c>: shows what is used, reserved and left of all limits, or of those that apply to a call.
/// </summary>
internal sealed class CheckLimitsCommand(TimeProvider time)
{
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<string?> Option)> _scope = ScopeOptions.Single(
        "Explain the limits for calls of"
    );
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    public Command Create()
    {
        var command = new Command(
            "check",
            "Show the current usage of all limits, or explain those that apply to a call. Exits with 3 if a hard "
                + "limit is exhausted."
        )
        {
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
        var limits = new LimitOperations(workspace);
        var isExplained = _scope.Any(pair => parsed.GetValue(pair.Option) is not null);
        var list = isExplained
            ? await limits.ExplainAsync(ReadCall(parsed), cancellationToken)
            : await limits.ReadUsageAsync(cancellationToken);
        await parsed.WarnAsync(list.Problems);
        var format = parsed.GetRequiredValue(_format);
        if (isExplained && format == "table")
            await ExplainAsync(parsed.InvocationConfiguration.Output, list.Limits);
        else
            Print(parsed, list.Limits, format);

        // A limit of 0 does not count as exhausted, unless the question is about a call.
        return list.Limits.Any(usage =>
            usage.IsExhausted || (isExplained && usage is { Mode: LimitMode.Hard, Left: <= 0 })
        )
            ? ExitCodes.LimitExceeded
            : ExitCodes.Success;
    }

    /// <summary>Prints one line per counter.</summary>
    public static void Print(ParseResult parsed, IReadOnlyList<LimitUsage> limits, string format)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (format == "json")
            JsonOutput.Write(output, limits, OperationsJson.Indented.IReadOnlyListLimitUsage);
        else
            LimitRows.CreateUsageTable(limits).Print(output, format);
    }

    private static async Task ExplainAsync(TextWriter output, IReadOnlyList<LimitUsage> limits)
    {
        if (limits.Count == 0)
            await output.WriteLineAsync("No limit applies to such a call.");
        foreach (var usage in limits)
            await output.WriteLineAsync(usage.Explanation);
    }

    private CallProperties ReadCall(ParseResult parsed)
    {
        var given = _scope.ToDictionary(static pair => pair.Dimension, pair => parsed.GetValue(pair.Option));
        return new CallProperties
        {
            Key = given[LimitDimension.Key],
            User = given[LimitDimension.User],
            Project = given[LimitDimension.Project],
            Application = given[LimitDimension.Application],
            Team = given[LimitDimension.Team],
            Organization = given[LimitDimension.Organization],
            Model = given[LimitDimension.Model],
            Provider = given[LimitDimension.Provider],
            Tag = given[LimitDimension.Tag],
        };
    }
}
