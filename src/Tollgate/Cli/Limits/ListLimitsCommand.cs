using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits list</c>: lists limits and their origin.</summary>
internal static class ListLimitsCommand
{
    public static Command Create(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List the limits, their origin, and where a file differs.") { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var list = await new LimitOperations(workspace).ListAsync(cancellationToken);
                await parsed.WarnAsync(list.Problems);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, list.Limits, OperationsJson.Indented.IReadOnlyListLimitDetails);
                else
                    new ResultTable(LimitRows.DefinitionTitles, list.Limits.Select(LimitRows.CreateDefinition))
                    {
                        Brief = ["limit", "amount", "mode", "alert_at", "owner", "note"],
                    }.Print(output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
