using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tracking;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Usage;

namespace Tollgate.Cli.Usage;

/// <summary><c>tollgate track</c>: records one usage that did not pass through a gateway.</summary>
internal sealed class TrackCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string> _model = new("--model") { Description = "The requested model.", Required = true };
    private readonly Option<string?> _provider = new("--provider")
    {
        Description = "The provider; default: the model's vendor.",
    };
    private readonly Option<long?> _prompt = Count("--prompt-tokens", "Prompt tokens, including cached ones.");
    private readonly Option<long?> _completion = Count(
        "--completion-tokens",
        "Completion tokens, including reasoning."
    );
    private readonly Option<long?> _total = Count("--total-tokens", "Total tokens; default: the sum of both.");
    private readonly Option<long?> _localPrompt = Count("--local-prompt-tokens", "Prompt tokens by your own count.");
    private readonly Option<long?> _localCompletion = Count(
        "--local-completion-tokens",
        "Completion tokens by your own count."
    );
    private readonly Option<long?> _localTotal = Count("--local-total-tokens", "Total tokens by your own count.");
    private readonly Option<long?> _cached = Count("--cached-tokens", "Prompt tokens read from a cache.");
    private readonly Option<long?> _reasoning = Count("--reasoning-tokens", "Completion tokens spent on reasoning.");
    private readonly Option<decimal?> _cost = CommonOptions.Number(
        "--cost",
        "The cost in US dollars; default: computed from the price list.",
        "USD"
    );
    private readonly Option<decimal?> _seconds = CommonOptions.Number(
        "--execution-time",
        "The duration in seconds.",
        "SECONDS"
    );
    private readonly Option<string?> _caller = new("--caller-name") { Description = "The calling application." };
    private readonly Option<string?> _user = new("--username") { Description = "The user." };
    private readonly Option<string?> _project = new("--project") { Description = "The project." };
    private readonly Option<string?> _session = new("--session") { Description = "The session." };
    private readonly Option<string?> _timestamp = new("--timestamp")
    {
        Description = "When it started (ISO 8601; UTC unless a zone is given); default: now.",
        HelpName = "TIME",
    };
    private readonly Option<Guid?> _id = new("--id")
    {
        Description = "Your idempotency id (a UUID): the same id is recorded only once.",
        HelpName = "UUID",
    };
    private readonly Option<bool> _enforce = new("--enforce")
    {
        Description =
            "Record nothing if a rule is breached; by default the usage is recorded, since the money is spent, and "
            + "the breach is reported.",
    };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private TrackCommand(TimeProvider time)
    {
        _time = time;
        _timestamp.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && ParseTime(result.Tokens[0].Value) is null)
                result.AddError($"'{result.Tokens[0].Value}' is not a valid time. Write it like 2026-11-01T12:00:00Z.");
        });
    }

    public static Command Create(TimeProvider time)
    {
        var track = new TrackCommand(time);
        var command = new Command("track", "Record one usage that did not pass through a gateway.")
        {
            track._model,
            track._provider,
            track._prompt,
            track._completion,
            track._total,
            track._localPrompt,
            track._localCompletion,
            track._localTotal,
            track._cached,
            track._reasoning,
            track._cost,
            track._seconds,
            track._caller,
            track._user,
            track._project,
            track._session,
            track._timestamp,
            track._id,
            track._enforce,
            track._data,
            track._format,
        };
        command.SetAction(track.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var entry = CreateEntry(parsed);
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var outcome = await new TrackOperations(workspace).TrackAsync(
            new TrackRequest(entry, parsed.GetValue(_enforce)),
            cancellationToken
        );
        var error = parsed.InvocationConfiguration.Error;
        if (outcome.Recorded is not { } recorded)
            return await parsed.FailAsync(
                outcome.Breach is { } rule
                    ? $"{rule.Message} Nothing was recorded. {SuggestFix(rule)}"
                    : $"{outcome.ExceededLimit} Nothing was recorded.",
                ExitCodes.LimitExceeded
            );
        Print(recorded, parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (outcome.UncheckedReason is { } reason)
            await error.WriteLineAsync($"tollgate: warning: recorded without a check. {reason}");
        if (outcome.Breach is { } breach)
            await error.WriteLineAsync(
                $"tollgate: {breach.Message} It was recorded, since the money is spent. {SuggestFix(breach)}"
            );
        // Most calls have no limits: the rest of this is not compiled for them.
        if (recorded.Limits.Count > 0)
            ReportBreaches(recorded, error);
        return outcome.IsWithinLimits ? ExitCodes.Success : ExitCodes.LimitExceeded;
    }

    private static void ReportBreaches(TrackResult recorded, TextWriter error)
    {
        foreach (var status in recorded.Exceeded)
            error.WriteLine(
                $"tollgate: {LimitFormatter.FormatBreach(status)} It was recorded, since the money is spent."
            );
    }

    private static void Print(TrackResult recorded, TextWriter output, string format) =>
        new ResultTable(
            ["call", "cost_usd", "cost_source", "left"],
            [
                [
                    recorded.Id.Call,
                    recorded.Cost?.Usd,
                    recorded.CostSource,
                    LimitFormatter.FormatRemaining(recorded.Limits),
                ],
            ]
        ).Print(output, format);

    private static string SuggestFix(RegistryRefusal breach) =>
        breach switch
        {
            { Reason: RegistryRefusalReason.Missing } => $"Name one with " + $"--{GetOptionName(breach.Kind)}.",
            { Reason: RegistryRefusalReason.Unknown } => $"Add it: tollgate {breach.Kind}s add '{breach.Name}'.",
            { Kind: RegistryKinds.User } => $"Activate it: tollgate users activate '{breach.Name}'.",
            _ => $"Activate it: tollgate {breach.Kind}s update '{breach.Name}' --enabled true.",
        };

    private static string GetOptionName(string kind) =>
        kind switch
        {
            RegistryKinds.User => "username",
            RegistryKinds.Application => "caller-name",
            _ => kind,
        };

    private UsageEntry CreateEntry(ParseResult parsed) =>
        new()
        {
            Model = parsed.GetValue(_model)!,
            Provider = parsed.GetValue(_provider),
            PromptTokens = parsed.GetValue(_prompt),
            CompletionTokens = parsed.GetValue(_completion),
            TotalTokens = parsed.GetValue(_total),
            CachedTokens = parsed.GetValue(_cached) ?? 0,
            ReasoningTokens = parsed.GetValue(_reasoning) ?? 0,
            LocalPromptTokens = parsed.GetValue(_localPrompt),
            LocalCompletionTokens = parsed.GetValue(_localCompletion),
            LocalTotalTokens = parsed.GetValue(_localTotal),
            Cost = parsed.GetValue(_cost),
            ExecutionTime = Duration(parsed.GetValue(_seconds) ?? 0),
            CallerName = parsed.GetValue(_caller),
            Username = parsed.GetValue(_user),
            Project = parsed.GetValue(_project),
            Session = parsed.GetValue(_session),
            Timestamp = parsed.GetValue(_timestamp) is { } time ? ParseTime(time) : null,
            Id = parsed.GetValue(_id),
        };

    private static Option<long?> Count(string name, string description) =>
        new(name) { Description = description, HelpName = "COUNT" };

    private static TimeSpan Duration(decimal seconds) =>
        seconds is > -1_000_000_000 and < 1_000_000_000
            ? new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new ArgumentException($"--execution-time must be a number of seconds, not {seconds}.");

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
