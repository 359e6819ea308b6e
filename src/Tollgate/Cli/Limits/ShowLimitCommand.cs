using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits show</c>: shows one limit, or all limits with their usage.</summary>
internal static class ShowLimitCommand
{
    public static Command Create(TimeProvider time)
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
                await using var workspace = parsed.OpenWorkspace(data, time);
                var limits = new LimitOperations(workspace);
                if (parsed.GetValue(id) is { } wanted)
                    await ShowAsync(parsed, limits, wanted, parsed.GetRequiredValue(format), cancellationToken);
                else
                    await ShowAllAsync(parsed, limits, parsed.GetRequiredValue(format), cancellationToken);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task ShowAsync(
        ParseResult parsed,
        LimitOperations limits,
        string id,
        string format,
        CancellationToken cancellationToken
    )
    {
        var list = await limits.ListAsync(cancellationToken);
        await parsed.WarnAsync(list.Problems);
        var limit =
            list.Limits.FirstOrDefault(limit => limit.Id == id)
            ?? throw new OperationException(OperationError.NotFound, $"There is no limit '{id}'.", "limits");
        var output = parsed.InvocationConfiguration.Output;
        if (format == "json")
            JsonOutput.Write(output, limit, OperationsJson.Indented.LimitDetails);
        else
            new ResultTable(
                ["field", "value"],
                LimitRows.DefinitionTitles.Zip(
                    LimitRows.CreateDefinition(limit),
                    static (title, cell) => new object?[] { title, cell }
                )
            ).Print(output, format);
    }

    /// <summary>Unlike 'check', the exit code does not depend on the usage.</summary>
    private static async Task ShowAllAsync(
        ParseResult parsed,
        LimitOperations limits,
        string format,
        CancellationToken cancellationToken
    )
    {
        var list = await limits.ReadUsageAsync(cancellationToken);
        await parsed.WarnAsync(list.Problems);
        CheckLimitsCommand.Print(parsed, list.Limits, format);
    }
}
