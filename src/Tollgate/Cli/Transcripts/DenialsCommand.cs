using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate refusals list</c>: lists the calls that the gateway denied.</summary>
internal static class DenialsCommand
{
    public static Command Create() => new("refusals", "Read the denial log.") { List() };

    private static Command List()
    {
        var selection = new TranscriptSelectionOptions();
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
            async (parsed, cancellationToken) =>
            {
                await using var store = TranscriptLogLocation.Resolve(parsed.GetValue(data)).OpenStore();
                var rows = await store.DenialsAsync(selection.Read(parsed), cancellationToken);
                new ResultTable(
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
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
