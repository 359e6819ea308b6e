using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Registry;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys create</c>: issues a key and shows it once.</summary>
internal sealed class CreateKeyCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string> _name = new("--name") { Description = "The key's name.", Required = true };
    private readonly Option<string?> _user = new("--user")
    {
        Description = "The user that its calls are recorded under.",
    };
    private readonly Option<string?> _project = new("--project")
    {
        Description = "The project that its calls are recorded under.",
    };
    private readonly Option<string?> _team = new("--team") { Description = "The team that it belongs to, for limits." };
    private readonly Option<string?> _organization = new("--organization")
    {
        Description = "The organization that it belongs to, for limits.",
    };
    private readonly Option<string[]> _metadata = new("--metadata")
    {
        Description = "Custom metadata; may be given several times.",
        HelpName = "NAME=VALUE",
    };
    private readonly Option<string[]> _models = new("--models")
    {
        Description = "The models that it may use, separated by commas; default: all.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "When it expires: a date (2026-12-31) or a number of days (30d).",
    };
    private readonly KeyLimitOptions _limits = new();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.TextFormat();

    public CreateKeyCommand(TimeProvider time)
    {
        _time = time;
        _metadata.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => token.Value.IndexOf('=') < 1) is { } wrong)
                result.AddError($"'{wrong.Value}' is not valid metadata. Write NAME=VALUE.");
        });
        _expires.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ParseExpiry(result.Tokens[0].Value) is null)
                result.AddError(
                    $"'{result.Tokens[0].Value}' is not a valid expiry. Write a date like 2026-12-31, or days like 30d."
                );
        });
    }

    public Command Create()
    {
        var command = new Command("create", "Create a key. It is shown once; only its hash is stored.")
        {
            _name,
            _user,
            _project,
            _team,
            _organization,
            _metadata,
            _models,
            _expires,
            _data,
            _format,
        };
        _limits.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Parsed first: a key created without its intended limits would be unlimited.
        var limits = _limits.Read(parsed);
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var issued = await new KeyOperations(workspace).IssueAsync(
            ReadRequest(parsed),
            limits,
            CommandWorkspace.Operator,
            cancellationToken
        );

        if (parsed.GetValue(_format) == "json")
        {
            JsonOutput.Write(parsed.InvocationConfiguration.Output, issued, OperationsJson.Indented.IssuedKey);
            return ExitCodes.Success;
        }

        // Only the key goes to standard output, so that a script can capture it.
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"Key {issued.Key.Id} '{issued.Key.Name}'. It is shown only once:"
        );
        await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Secret);
        return ExitCodes.Success;
    }

    private NewVirtualKey ReadRequest(ParseResult parsed)
    {
        var models = parsed
            .GetValue(_models)
            ?.SelectMany(static list =>
                list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            .ToArray();
        return new NewVirtualKey
        {
            Name = parsed.GetValue(_name)!,
            User = parsed.GetValue(_user),
            Project = parsed.GetValue(_project),
            Team = parsed.GetValue(_team),
            Organization = parsed.GetValue(_organization),
            Metadata = parsed.GetValue(_metadata) is { Length: > 0 } notes ? ParseMetadata(notes) : null,
            AllowedModels = models is { Length: > 0 } ? models : null,
            ExpiresAt = parsed.GetValue(_expires) is { } end ? ParseExpiry(end) : null,
        };
    }

    /// <summary>If a name is given twice, the later value wins.</summary>
    private static Dictionary<string, string> ParseMetadata(string[] notes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var note in notes)
            values[note[..note.IndexOf('=')]] = note[(note.IndexOf('=') + 1)..];
        return values;
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
