using System.CommandLine;
using Tollgate.Accounting.Transcripts;
using Tollgate.Cli.Maintenance;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Text;
using Tollgate.Operations.Transcripts;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate transcripts list|show|purge</c>.</summary>
internal sealed class TranscriptsCommand
{
    private static readonly string[] Titles =
    [
        "time",
        "type",
        "call",
        "attempt",
        "provider",
        "model",
        "key",
        "user",
        "project",
        "session",
        "application",
        "completion_id",
        "message",
        "truncated",
        "prompt_text",
        "response_text",
    ];

    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private TranscriptsCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var transcripts = new TranscriptsCommand(time);
        return new Command(
            "transcripts",
            "Read and purge the transcript log: prompts and responses, if they are recorded."
        )
        {
            transcripts.List(),
            transcripts.Show(),
            transcripts.Purge(),
        };
    }

    private Command List()
    {
        var selection = new TranscriptSelectionOptions();
        var texts = new Option<bool>("--texts") { Description = "Include prompts and responses." };
        var command = new Command("list", "List entries, newest first.") { texts, _data, _format };
        selection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var withTexts = parsed.GetValue(texts);
                await using var workspace = parsed.OpenWorkspace(_data, _time);
                var entries = await new TranscriptOperations(workspace).ListAsync(
                    selection.Read(parsed) with
                    {
                        WithTexts = withTexts,
                    },
                    cancellationToken
                );
                Print(
                    parsed,
                    entries,
                    withTexts ? Titles : Titles[..^2],
                    ["time", "type", "call", "model", "user", "project", "application", "message"]
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command Show()
    {
        var call = new Argument<Guid>("CALL")
        {
            Description = "The call's request id, as shown by x-tollgate-request-id and 'tollgate tail'.",
        };
        var command = new Command("show", "Show a call's entries with their texts, oldest first.")
        {
            call,
            _data,
            _format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(_data, _time);
                var entries = await new TranscriptOperations(workspace).ShowAsync(
                    parsed.GetValue(call),
                    cancellationToken
                );
