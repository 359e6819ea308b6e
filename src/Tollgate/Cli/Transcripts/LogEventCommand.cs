using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Transcripts;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Text;
using Tollgate.Operations.Transcripts;

namespace Tollgate.Cli.Transcripts;

/// <summary><c>tollgate log-event</c>: writes an entry into the transcript log by hand.</summary>
internal sealed class LogEventCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string> _type = new("--type")
    {
        Description = "The type of the entry.",
        DefaultValueFactory = static _ => "event",
    };
    private readonly Option<string?> _message = new("--message") { Description = "The message." };
    private readonly Option<string?> _prompt = new("--prompt-text") { Description = "The prompt.", HelpName = "TEXT" };
    private readonly Option<string?> _response = new("--response-text", "--answer-text")
    {
        Description = "The response.",
        HelpName = "TEXT",
    };
    private readonly Option<string?> _user = new("--user", "--user-name") { Description = "The user." };
    private readonly Option<string?> _project = new("--project") { Description = "The project." };
    private readonly Option<string?> _application = new("--application", "--app-name")
    {
        Description = "The calling application.",
    };
    private readonly Option<string?> _session = new("--session") { Description = "The session." };
    private readonly Option<string?> _provider = new("--provider") { Description = "The provider." };
    private readonly Option<string?> _model = new("--model") { Description = "The model." };
    private readonly Option<string?> _completion = new("--completion-id", "--remote-completion-id")
    {
        Description = "The provider's id of the response.",
        HelpName = "ID",
    };
    private readonly Option<Guid?> _call = new("--call")
    {
        Description = "The request id of the call that it belongs to.",
        HelpName = "UUID",
    };
    private readonly Option<string?> _timestamp = new("--timestamp")
    {
        Description = "When it happened (ISO 8601; UTC unless a zone is given); default: now.",
        HelpName = "TIME",
    };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private LogEventCommand(TimeProvider time)
    {
        _time = time;
        _type.AcceptOnlyFromAmong("event", "prompt", "answer", "response");
        _timestamp.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && ParseTime(result.Tokens[0].Value) is null)
                result.AddError($"'{result.Tokens[0].Value}' is not a valid time. Write it like 2026-11-01T12:00:00Z.");
        });
    }

    public static Command Create(TimeProvider time)
    {
        var log = new LogEventCommand(time);
        var command = new Command("log-event", "Write an entry into the transcript log by hand.")
        {
            log._type,
            log._message,
            log._prompt,
            log._response,
            log._user,
            log._project,
            log._application,
            log._session,
            log._provider,
            log._model,
            log._completion,
            log._call,
            log._timestamp,
            log._data,
            log._format,
        };
        command.SetAction(log.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var entry = await new TranscriptOperations(workspace).WriteAsync(CreateEntry(parsed), cancellationToken);
        new ResultTable(
            ["id", "time", "type", "truncated"],
            [
                [entry.Id, entry.Time, SnakeCase.From(entry.Type), entry.IsTruncated],
            ]
        ).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!);
        return ExitCodes.Success;
    }

    private TranscriptEntry CreateEntry(ParseResult parsed) =>
        new()
        {
            Id = Guid.CreateVersion7(_time.GetUtcNow()),
            Type = ParseType(parsed.GetValue(_type)!),
            Time = parsed.GetValue(_timestamp) is { } time ? ParseTime(time)!.Value : _time.GetUtcNow(),
            Call = parsed.GetValue(_call),
            Provider = parsed.GetValue(_provider),
            Model = parsed.GetValue(_model),
            User = parsed.GetValue(_user),
            Project = parsed.GetValue(_project),
            Session = parsed.GetValue(_session),
            Application = parsed.GetValue(_application),
            CompletionId = parsed.GetValue(_completion),
            Message = parsed.GetValue(_message),
            PromptText = parsed.GetValue(_prompt),
            ResponseText = parsed.GetValue(_response),
        };

    private static TranscriptEntryType ParseType(string type) =>
        type switch
        {
            "prompt" => TranscriptEntryType.Prompt,
            "answer" or "response" => TranscriptEntryType.Response,
            _ => TranscriptEntryType.Event,
        };

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
