using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Cli.Maintenance;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;
using Tollgate.Naming;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate audit list|show|purge</c>.</summary>
internal sealed class AuditCommand
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
        "answer_text",
    ];

    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private AuditCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var audit = new AuditCommand(time);
        return new Command("audit", "Read and purge the audit log: what was asked and answered, where that is kept.")
        {
            audit.List(),
            audit.Show(),
            audit.Purge(),
        };
    }

    private Command List()
    {
        var selection = new AuditSelectionOptions();
        var texts = new Option<bool>("--texts") { Description = "With prompts and answers." };
        var command = new Command("list", "List entries, the newest first.") { texts, _data, _format };
        selection.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var withTexts = parsed.GetValue(texts);
                await using var store = AuditLocation.Resolve(parsed.GetValue(_data)).OpenStore();
                var entries = await store.EntriesAsync(
                    selection.Read(parsed) with
                    {
                        WithTexts = withTexts,
                    },
                    cancellation
                );
                Print(
                    parsed,
                    entries,
                    withTexts ? Titles : Titles[..^2],
                    ["time", "type", "call", "model", "user", "project", "application", "message"]
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private Command Show()
    {
        var call = new Argument<Guid>("CALL")
        {
            Description = "The call's request id, as x-tollgate-request-id and 'tollgate tail' tell it.",
        };
        var command = new Command("show", "Show a call's entries with their texts, the first one first.")
        {
            call,
            _data,
            _format,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = AuditLocation.Resolve(parsed.GetValue(_data)).OpenStore();
                var entries = await store.EntriesAsync(
                    new AuditSelection { Call = parsed.GetValue(call), Limit = 10_000 },
                    cancellation
                );
                if (entries.Count == 0)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        $"tollgate: The audit log has nothing of the call {parsed.GetValue(call)}. Texts are kept "
                            + $"where audit.texts says so, for as long as audit.retention says."
                    );
                    return ExitCodes.Failed;
                }

                Print(
                    parsed,
                    entries.Reverse(),
                    Titles,
                    ["time", "type", "model", "user", "prompt_text", "answer_text"]
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private Command Purge()
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var olderThan = new Option<string?>("--older-than")
        {
            Description = "Rows older than so many days (7d) or than a date; else than audit.retention says.",
            HelpName = "AGE",
        };
        olderThan.Validators.Add(result => PurgeCommand.CheckAge(result, _time));
        var command = new Command("purge", "Remove texts and refusals beyond an age, now instead of within the hour.")
        {
            yes,
            olderThan,
            _data,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var options = AuditLocation.Resolve(parsed.GetValue(_data));
                var before = parsed.GetValue(olderThan) is { } age
                    ? PurgeCommand.MomentOf(age, _time)!.Value
                    : _time.GetUtcNow() - options.Retention;
                var error = parsed.InvocationConfiguration.Error;
                if (
                    !parsed.GetValue(yes)
                    && !await PurgeCommand.AgreesAsync(
                        $"Remove all texts and refusals from before {before:yyyy-MM-dd HH:mm}Z?",
                        error
                    )
                )
                    return ExitCodes.Failed;
                await using var store = options.OpenStore();
                await store.MigrateAsync(cancellation);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Removed {await store.PurgeAsync(before, cancellation)} rows."
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private void Print(ParseResult parsed, IEnumerable<AuditEntry> entries, string[] titles, string[] brief) =>
        new Listing(titles, entries.Select(entry => Row(entry)[..titles.Length])) { Brief = brief }.Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!
        );

    private static object?[] Row(AuditEntry entry) =>
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
            entry.AnswerText,
        ];
}
