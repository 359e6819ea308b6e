using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys update</c>: changes the limits of a key.</summary>
internal static class UpdateKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var (key, limits, data) = (KeysCommand.KeyArgument(), new KeyLimitOptions(), CommonOptions.Data());
        var command = new Command(
            "update",
            "Change the limits of a key; 'none' removes one. A running gateway applies it within a second."
        )
        {
            key,
            data,
        };
        limits.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var changed = await new KeyOperations(workspace).SetLimitsAsync(
                    parsed.GetRequiredValue(key),
                    limits.Read(parsed),
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Changed the limits of {changed.Id} '{changed.Name}'. "
                        + $"See 'tollgate limits check --key {changed.Id}'."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
