using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Directory;

namespace Tollgate.Commands;

/// <summary><c>tollgate keys create|list|revoke</c>.</summary>
internal sealed class KeysCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string?> _data = CommonOptions.Data();

    private KeysCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var keys = new KeysCommand(time);
        return new Command("keys", "Make, list and revoke virtual keys.") { keys.CreateKey(), keys.List(), keys.Revoke() };
    }

    private Command CreateKey()
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var user = new Option<string?>("--user") { Description = "Whom its calls are booked to." };
        var project = new Option<string?>("--project") { Description = "The project that its calls are booked to." };
        var models = new Option<string[]>("--models") { Description = "The models it may use, separated by commas; all, where not given.", AllowMultipleArgumentsPerToken = true };
        var expires = new Option<string?>("--expires") { Description = "When it ends: a date (2026-12-31) or a number of days (30d)." };
        expires.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ExpiryOf(result.Tokens[0].Value) is null)
                result.AddError($"'{result.Tokens[0].Value}' is no expiry. Write a date like 2026-12-31, or days like 30d.");
        });
        var command = new Command("create", "Make a key. It is shown once and stored as a hash only.") { name, user, project, models, expires, _data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = await VirtualKeys.OpenAsync(parsed.Ledger(_data), cancellation);
            var allowed = parsed.GetValue(models)?.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
            var issued = await keys.CreateAsync(new NewVirtualKey
            {
                Name = parsed.GetValue(name)!,
                User = parsed.GetValue(user),
                Project = parsed.GetValue(project),
                AllowedModels = allowed is { Length: > 0 } ? allowed : null,
                ExpiresAt = parsed.GetValue(expires) is { } end ? ExpiryOf(end) : null,
            });

            // The key alone on standard output, so that a script can take it.
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"Key {issued.Key.Id} '{issued.Key.Name}'. It is shown this once:");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Secret);
            return ExitCodes.Done;
        });
        return command;
    }

    private Command List()
    {
        var format = CommonOptions.Format();
        var command = new Command("list", "List the keys.") { _data, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = await (await VirtualKeys.OpenAsync(parsed.Ledger(_data), cancellation)).ListAsync();
            var rows = keys.Select(key => new object?[]
            {
                key.Id, key.Prefix, key.Name, key.User, key.Project, key.AllowedModels is { } models ? string.Join(' ', models) : null,
                key.CreatedAt, key.ExpiresAt, key.RevokedAt, Words.Of(key.StandingAt(_time.GetUtcNow())),
            });
            new Listing(["id", "prefix", "name", "user", "project", "models", "created_at", "expires_at", "revoked_at", "standing"], rows)
                .Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private Command Revoke()
    {
        var key = new Argument<string>("KEY") { Description = "The key's id or its prefix, as listed." };
        var command = new Command("revoke", "Revoke a key. A running gate refuses it within a second.") { key, _data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = await VirtualKeys.OpenAsync(parsed.Ledger(_data), cancellation);
            var revoked = await keys.RevokeAsync(parsed.GetValue(key)!);
            if (revoked is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"No key has the id or prefix '{parsed.GetValue(key)}'. See 'tollgate keys list'.");
                return ExitCodes.Failed;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked {revoked.Id} '{revoked.Name}'.");
            return ExitCodes.Done;
        });
        return command;
    }

    private DateTimeOffset? ExpiryOf(string text)
    {
        if (text.EndsWith('d') && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var days) && days is > 0 and < 36_500)
            return _time.GetUtcNow().AddDays(days);
        // The end includes the day that is named.
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : null;
    }
}
