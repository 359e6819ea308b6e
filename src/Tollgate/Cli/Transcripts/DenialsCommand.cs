using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Transcripts;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate denials list</c>: lists the calls that the gateway denied.</summary>
internal static class DenialsCommand
{
    public static Command Create(TimeProvider time, string name = "denials") =>
        new(name, "Read the denial log.") { List(time) };

    private static Command List(TimeProvider time)
    {
        var selection = new TranscriptSelectionOptions();
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command(
            "list",
            "List the calls that the gateway denied, newest first. "
                + "Identical denials within a second are one row with a count."
        )
        {
            data,
            format,
        };
        selection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var rows = await new TranscriptOperations(workspace).ListDenialsAsync(
                    selection.Read(parsed),
                    cancellationToken
                );
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, rows, OperationsJson.Indented.IReadOnlyListDenialEntry);
                else
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
                    }.Print(output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
