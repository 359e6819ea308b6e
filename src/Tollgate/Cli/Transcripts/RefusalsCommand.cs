using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate refusals list</c>: lists the calls that the gateway denied.</summary>
internal static class RefusalsCommand
{
    public static Command Create() => new("refusals", "Read the denial log.") { List() };

    private static Command List()
    {
        var selection = new AuditSelectionOptions();
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command(
            "list",
            "List the calls that the gateway denied, newest first. Identical denials within a second are one row with "
                + "a count."
        )
        {
            data,
            format,
        };
        selection.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = AuditLocation.Resolve(parsed.GetValue(data)).OpenStore();
                var rows = await store.RefusalsAsync(selection.Read(parsed), cancellation);
                new Listing(
                    [
                        "time",
                        "count",
                        "status",
                        "code",
                        "limit",
                        "model",
                        "key",
                        "user",
                        "project",
                        "application",
                        "request_id",
                        "message",
                    ],
                    rows.Select(static row =>
                        new object?[]
                        {
                            row.Time,
                            row.Count,
                            row.Status,
                            row.Code,
                            row.Limit,
                            row.Model,
                            row.KeyId,
                            row.User,
                            row.Project,
                            row.Application,
                            row.RequestId,
                            row.Message,
                        }
                    )
                )
                {
                    Brief = ["time", "count", "status", "code", "limit", "model", "key", "user"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
