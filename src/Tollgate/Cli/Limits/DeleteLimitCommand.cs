using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits delete</c>: deletes a limit and its counter.</summary>
internal static class DeleteLimitCommand
{
    public static Command Create(TimeProvider time)
    {
        var ids = new Argument<string[]>("LIMIT")
        {
            Description = "The limit's id, as listed.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = CommonOptions.Data();
        var command = new Command(
            "delete",
            "Delete limits and their counters. A running gateway applies it within a second."
        )
        {
            ids,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var limits = new LimitOperations(workspace);
                var code = ExitCodes.Success;
                foreach (var id in parsed.GetRequiredValue(ids))
                    code = Math.Max(code, await DeleteAsync(parsed, limits, id, cancellationToken));
                return code;
            }
        );
        return command;
    }

    private static async Task<int> DeleteAsync(
        ParseResult parsed,
        LimitOperations limits,
        string id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var owner = await limits.DeleteAsync(id, CommandWorkspace.Operator, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                owner is null
                    ? $"Deleted {id}."
                    : $"Deleted {id}. {owner} restores it at the next start of the gateway; to lift it permanently, "
                        + "set it to none."
            );
            return ExitCodes.Success;
        }
        catch (OperationException missing) when (missing.Error == OperationError.NotFound)
        {
            // The others are still deleted.
            return await parsed.FailAsync($"{missing.Message} See 'tollgate limits list'.");
        }
    }
}
