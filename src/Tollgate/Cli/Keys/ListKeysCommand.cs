using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys list</c>.</summary>
internal static class ListKeysCommand
{
    private static readonly string[] Titles =
    [
        "id",
        "prefix",
        "name",
        "user",
        "project",
        "team",
        "organization",
        "models",
        "metadata",
        "created_at",
        "expires_at",
        "revoked_at",
        "rotated_at",
        "status",
    ];

    public static Command Create(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List the keys.") { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var keys = await new KeyOperations(workspace).ListAsync(cancellationToken);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, keys, OperationsJson.Indented.IReadOnlyListKeyDetails);
                else
                    new ResultTable(Titles, keys.Select(Row))
                    {
                        Brief = ["prefix", "name", "user", "project", "team", "models", "expires_at", "status"],
                    }.Print(output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static object?[] Row(KeyDetails key) =>
        [
            key.Id,
            key.Prefix,
            key.Name,
            key.User,
            key.Project,
            key.Team,
            key.Organization,
            key.Models is { } models ? string.Join(' ', models) : null,
            key.Metadata is { } notes
                ? string.Join(' ', notes.Select(static note => $"{note.Key}={note.Value}"))
                : null,
            key.CreatedAt,
            key.ExpiresAt,
            key.RevokedAt,
            key.RotatedAt,
            SnakeCase.From(key.Status),
        ];
}
