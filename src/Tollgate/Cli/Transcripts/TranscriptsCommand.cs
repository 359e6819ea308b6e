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
                Print(parsed, entries, Titles, ["time", "type", "model", "user", "prompt_text", "response_text"]);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command Purge()
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation." };
        var olderThan = new Option<string?>("--older-than")
        {
            Description =
                "Remove entries older than a number of days (7d) or than a date; default: transcripts.retention.",
            HelpName = "AGE",
        };
        olderThan.Validators.Add(result => PurgeCommand.CheckAge(result, _time));
        var command = new Command("purge", "Remove texts and denials beyond an age now, instead of within the hour.")
        {
            yes,
            olderThan,
            _data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(_data, _time);
                var transcripts = new TranscriptOperations(workspace);
                var before = parsed.GetValue(olderThan) is { } age
                    ? PurgeCommand.ParseCutoff(age, _time)!.Value
                    : transcripts.DefaultCutoff;
                var error = parsed.InvocationConfiguration.Error;
                if (
                    !parsed.GetValue(yes)
                    && !await PurgeCommand.ConfirmAsync(
                        $"Remove all texts and denials from before {before:yyyy-MM-dd HH:mm}Z?",
                        error
                    )
                )
                    return ExitCodes.Failed;
                var removed = await transcripts.PurgeAsync(before, CommandWorkspace.Operator, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"Removed {removed} rows.");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private void Print(ParseResult parsed, IReadOnlyList<TranscriptEntry> entries, string[] titles, string[] brief)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_format) == "json")
            JsonOutput.Write(output, entries, OperationsJson.Indented.IReadOnlyListTranscriptEntry);
        else
            new ResultTable(titles, entries.Select(entry => Row(entry)[..titles.Length])) { Brief = brief }.Print(
                output,
                parsed.GetRequiredValue(_format)
            );
    }

    private static object?[] Row(TranscriptEntry entry) =>
        [
            entry.Time,
            SnakeCase.From(entry.Type),
            entry.Call,
            entry.Attempt,
            entry.Provider,
            entry.Model,
            entry.KeyId,
            entry.User,
            entry.Project,
            entry.Session,
            entry.Application,
            entry.CompletionId,
            entry.Message,
            entry.IsTruncated,
            entry.PromptText,
            entry.ResponseText,
        ];
}
