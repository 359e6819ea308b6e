using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Limits;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Declaration;
using Tollgate.Naming;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys create|update|list|revoke|rotate</c>.</summary>
internal sealed class KeysCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();

    private KeysCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var keys = new KeysCommand(time);
        return new Command("keys", "Create, change, list, revoke and rotate virtual keys.")
        {
            keys.CreateKey(),
            keys.Update(),
            keys.List(),
            keys.Revoke(),
            keys.Rotate(),
        };
    }

    private Command CreateKey()
    {
        var name = new Option<string>("--name") { Description = "The key's name.", Required = true };
        var user = new Option<string?>("--user") { Description = "The user that its calls are recorded under." };
        var project = new Option<string?>("--project")
        {
            Description = "The project that its calls are recorded under.",
        };
        var team = new Option<string?>("--team") { Description = "The team that it belongs to, for limits." };
        var organization = new Option<string?>("--organization")
        {
            Description = "The organization that it belongs to, for limits.",
        };
        var metadata = new Option<string[]>("--metadata")
        {
            Description = "Custom metadata; may be given several times.",
            HelpName = "NAME=VALUE",
        };
        metadata.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => token.Value.IndexOf('=') < 1) is { } wrong)
                result.AddError($"'{wrong.Value}' is not valid metadata. Write NAME=VALUE.");
        });
        var models = new Option<string[]>("--models")
        {
            Description = "The models that it may use, separated by commas; default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = new Option<string?>("--expires")
        {
            Description = "When it expires: a date (2026-12-31) or a number of days (30d).",
        };
        expires.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ParseExpiry(result.Tokens[0].Value) is null)
                result.AddError(
                    $"'{result.Tokens[0].Value}' is not a valid expiry. Write a date like 2026-12-31, or days like 30d."
                );
        });
        var limits = new KeyLimitOptions();
        var command = new Command("create", "Create a key. It is shown once; only its hash is stored.")
        {
            name,
            user,
            project,
            team,
            organization,
            metadata,
            models,
            expires,
            _data,
        };
        limits.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                // Parsed first: a key created without its intended limits would be unlimited.
                var limited = limits.Read(parsed, _time.GetUtcNow());
                await using var server = Open(parsed, out var options);
                var keys = await VirtualKeys.OpenAsync(options, cancellationToken);
                var allowed = parsed
                    .GetValue(models)
                    ?.SelectMany(list =>
                        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    )
                    .ToArray();
                var issued = await keys.CreateAsync(
                    new NewVirtualKey
                    {
                        Name = parsed.GetValue(name)!,
                        User = parsed.GetValue(user),
                        Project = parsed.GetValue(project),
                        Team = parsed.GetValue(team),
                        Organization = parsed.GetValue(organization),
                        Metadata = parsed.GetValue(metadata) is { Length: > 0 } notes ? ParseMetadata(notes) : null,
                        AllowedModels = allowed is { Length: > 0 } ? allowed : null,
                        ExpiresAt = parsed.GetValue(expires) is { } end ? ParseExpiry(end) : null,
                    }
                );

                await KeyLimitOptions.SetAsync(issued.Key, limited, options, ledger: null, cancellationToken);

                // Only the key goes to standard output, so that a script can capture it.
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"Key {issued.Key.Id} '{issued.Key.Name}'. It is shown only once:"
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Secret);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command Update()
    {
        var key = new Argument<string>("KEY") { Description = "The key's id or its prefix, as listed." };
        var limits = new KeyLimitOptions();
        var command = new Command(
            "update",
            "Change the limits of a key; 'none' removes one. A running gateway applies it within a second."
        )
        {
            key,
            _data,
        };
        limits.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var server = Open(parsed, out var options);
                var found = await KeyNames.FindAsync(parsed.GetValue(key)!, options, cancellationToken);
                var limited = limits.Read(parsed, found.CreatedAt);
                if (limited.Count == 0)
                    return await LimitsCommand.FailAsync(
                        parsed,
                        "No change was specified. See 'tollgate keys update --help'.",
                        ExitCodes.UsageError
                    );
                await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
                await KeyLimitOptions.SetAsync(found, limited, options, ledger, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Changed the limits of {found.Id} '{found.Name}'. See 'tollgate limits check --key {found.Id}'."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command List()
    {
        var format = CommonOptions.Format();
        var command = new Command("list", "List the keys.") { _data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var server = Open(parsed, out var options);
                var keys = await (await VirtualKeys.OpenAsync(options, cancellationToken)).ListAsync();
                var rows = keys.Select(key =>
                    new object?[]
                    {
                        key.Id,
                        key.Prefix,
                        key.Name,
                        key.User,
                        key.Project,
                        key.Team,
                        key.Organization,
                        key.AllowedModels is { } models ? string.Join(' ', models) : null,
                        key.Metadata is { } notes
                            ? string.Join(' ', notes.Select(static note => $"{note.Key}={note.Value}"))
                            : null,
                        key.CreatedAt,
                        key.ExpiresAt,
                        key.RevokedAt,
                        key.RotatedAt,
                        SnakeCase.From(key.StatusAt(_time.GetUtcNow())),
                    }
                );
                new ResultTable(
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
                        "standing",
                    ],
                    rows
                )
                {
                    Brief = ["prefix", "name", "user", "project", "team", "models", "expires_at", "standing"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command Revoke()
    {
        var key = new Argument<string>("KEY") { Description = "The key's id or its prefix, as listed." };
        var command = new Command("revoke", "Revoke a key. A running gateway rejects it within a second.")
        {
            key,
            _data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var server = Open(parsed, out var options);
                var revoked = await (await VirtualKeys.OpenAsync(options, cancellationToken)).RevokeAsync(
                    parsed.GetValue(key)!
                );
                if (revoked is null)
                    return await UnknownAsync(parsed, key);
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked {revoked.Id} '{revoked.Name}'.");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private Command Rotate()
    {
        var key = new Argument<string>("KEY") { Description = "The key's id or its prefix, as listed." };
        var grace = new Option<string?>("--grace")
        {
            Description = "How long the old secret still works (24h, 7d); default: it stops working at once.",
            HelpName = "TIME",
        };
        grace.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && ParseGracePeriod(result.Tokens[0].Value) is null)
                result.AddError(
                    $"'{result.Tokens[0].Value}' is not a valid grace period. Write it like 30m, 24h or 7d."
                );
        });
        var command = new Command("rotate", "Give a key a new secret. It is shown once; id, limits and usage are kept.")
        {
            key,
            grace,
            _data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var server = Open(parsed, out var options);
                var time = parsed.GetValue(grace) is { } text ? ParseGracePeriod(text)!.Value : TimeSpan.Zero;
                var issued = await (await VirtualKeys.OpenAsync(options, cancellationToken)).RotateAsync(
                    parsed.GetValue(key)!,
                    time
                );
                if (issued is null)
                    return await UnknownAsync(parsed, key);
                var old =
                    time == TimeSpan.Zero
                        ? "The old secret stops working within a second."
                        : $"The old secret works until {issued.Key.RotatedAt + time:u}.";
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"Key {issued.Key.Id} '{issued.Key.Name}' has a new secret. {old} The new one is shown only once:"
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Secret);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    /// <summary>
    /// Opens the ledger whose registry holds the keys; the caller must dispose the server, if there is one.
    /// </summary>
    private IAsyncDisposable? Open(ParseResult parsed, out LedgerOptions options)
    {
        options = parsed.ResolveLedger(_data) with { TimeProvider = _time };
        return options.Store;
    }

    private static async Task<int> UnknownAsync(ParseResult parsed, Argument<string> key)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"tollgate: No key has the id or prefix '{parsed.GetValue(key)}'. See 'tollgate keys list'."
        );
        return ExitCodes.Failed;
    }

    /// <summary>If a name is given twice, the later value wins.</summary>
    private static Dictionary<string, string> ParseMetadata(string[] notes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var note in notes)
            values[note[..note.IndexOf('=')]] = note[(note.IndexOf('=') + 1)..];
        return values;
    }

    private static TimeSpan? ParseGracePeriod(string text)
    {
        if (
            text.EndsWith('d')
            && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var days)
            && days is > 0 and <= 366
        )
            return TimeSpan.FromDays(days);
        return DurationText.TryRead(text, "", out var time) ? time : null;
    }

    private DateTimeOffset? ParseExpiry(string text)
    {
        if (
            text.EndsWith('d')
            && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var days)
            && days is > 0 and < 36_500
        )
            return _time.GetUtcNow().AddDays(days);
        // The named day is included.
        return DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : null;
    }
}
