using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Identity;
using Tollgate.Identity.Rotation;
using Tollgate.Identity.Secrets;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.Secrets;

/// <summary><c>tollgate secrets list|rotate</c>.</summary>
internal static class SecretsCommand
{
    private static readonly string[] Titles = ["kind", "name", "master_key", "problem"];

    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time) =>
        new("secrets", "List the encrypted secrets of the registry, and encrypt them with another master key.")
        {
            CreateList(process, time),
            CreateRotate(process, time),
        };

    private static Command CreateList(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List the encrypted secrets, and the master key of each.") { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = WorkspaceLocation.ReadSettings(process(), parsed.GetValue(data));
                await using var workspace = Open(parsed, settings, time);
                var secrets = await new MasterKeyRotation(workspace.Options.Ledger).ListAsync(
                    MasterKeyFile.OpenBox(settings.Identity, settings.DataFolder),
                    cancellationToken
                );
                new ResultTable(
                    Titles,
                    secrets.Select(static secret =>
                        (object?[])[secret.Kind, secret.Name, secret.MasterKeyId, secret.Problem]
                    )
                ).Print(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(format));
                return secrets.All(static secret => secret.Problem is null) ? ExitCodes.Success : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static Command CreateRotate(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var data = CommonOptions.Data();
        var file = new Option<string?>("--new-key-file")
        {
            Description =
                "The file with the new master key, which the registry's secrets are encrypted with. Default: the "
                + $"configured master key is the new one, and {IdentityOptions.PreviousMasterKeyVariable} the former.",
            HelpName = "FILE",
        };
        var command = new Command("rotate", "Encrypt all secrets of the registry with a new master key.")
        {
            file,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = WorkspaceLocation.ReadSettings(process(), parsed.GetValue(data));
                if (parsed.GetValue(file) is null && settings.Identity.PreviousMasterKey is null)
                    return await parsed.FailAsync(
                        "There is no new master key. Create one with 'openssl rand -base64 32 > new.key', and pass "
                            + "it with --new-key-file new.key.",
                        ExitCodes.UsageError
                    );
                await using var workspace = Open(parsed, settings, time);
                var count = await RotateAsync(settings, parsed.GetValue(file), workspace, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Describe(count, parsed.GetValue(file)));
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task<int> RotateAsync(
        GatewaySettings settings,
        string? newKeyFile,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var box = newKeyFile is null
            ? MasterKeyFile.OpenBox(settings.Identity, settings.DataFolder)
            : new SecretBox(MasterKeyFile.Read(newKeyFile), MasterKeyFile.Load(settings.Identity, settings.DataFolder));
        var count = await new MasterKeyRotation(workspace.Options.Ledger).RunAsync(box, cancellationToken);
        await new AuditTrailOperations(workspace).RecordAsync(
            CommandWorkspace.Operator,
            "secrets.rotate",
            "registry",
            before: null,
            $$"""{"secrets":{{count}}}"""
        );
        return count;
    }

    private static string Describe(int count, string? newKeyFile) =>
        newKeyFile is null
            ? $"Encrypted {count} secrets with the new master key. The former one is no longer needed."
            : $"Encrypted {count} secrets with the key in {newKeyFile}. Give it to all processes now: replace the file "
                + $"with the master key, or set {IdentityOptions.MasterKeyVariable}. Gateways that run keep what they "
                + "have opened until they are restarted.";

    private static Workspace Open(ParseResult parsed, GatewaySettings settings, TimeProvider time) =>
        WorkspaceLocation.FromSettings(settings, time, new WarningLog(parsed.InvocationConfiguration.Error));
}
