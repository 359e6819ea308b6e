using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys revoke</c>.</summary>
internal static class RevokeKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var (key, data) = (KeysCommand.KeyArgument(), CommonOptions.Data());
        var command = new Command("revoke", "Revoke a key. A running gateway rejects it within a second.")
        {
            key,
            data,
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
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked {revoked.Id} '{revoked.Name}'.");
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
