using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys update</c>: changes the limits of a key.</summary>
internal static class UpdateKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var (key, limits) = (KeysCommand.KeyArgument(), new KeyLimitOptions());
        var (data, format) = (CommonOptions.Data(), CommonOptions.TextFormat());
        var command = new Command(
            "update",
            "Change the limits of a key; 'none' removes one. A running gateway applies it within a second."
        )
        {
            key,
            data,
            format,
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
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, changed, OperationsJson.Indented.KeyDetails);
                else
                    await output.WriteLineAsync(
                        $"Changed the limits of {changed.Id} '{changed.Name}'. "
                            + $"See 'tollgate limits check --key {changed.Id}'."
                    );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
