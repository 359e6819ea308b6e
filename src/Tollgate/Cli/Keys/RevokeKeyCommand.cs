using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys revoke</c>.</summary>
internal static class RevokeKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var (key, data, format) = (KeysCommand.KeyArgument(), CommonOptions.Data(), CommonOptions.TextFormat());
        var command = new Command("revoke", "Revoke a key. A running gateway rejects it within a second.")
        {
            key,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var revoked = await new KeyOperations(workspace).RevokeAsync(
                    parsed.GetRequiredValue(key),
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, revoked, OperationsJson.Indented.KeyDetails);
                else
                    await output.WriteLineAsync($"Revoked {revoked.Id} '{revoked.Name}'.");
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
