using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Declaration;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys rotate</c>: gives a key a new secret and shows it once.</summary>
internal static class RotateKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var (key, grace) = (KeysCommand.KeyArgument(), GraceOption());
        var (data, format) = (CommonOptions.Data(), CommonOptions.TextFormat());
        var command = new Command("rotate", "Give a key a new secret. It is shown once; id, limits and usage are kept.")
        {
            key,
            grace,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var issued = await new KeyOperations(workspace).RotateAsync(
                    parsed.GetRequiredValue(key),
                    parsed.GetValue(grace) is { } text ? ParseGracePeriod(text)!.Value : TimeSpan.Zero,
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                if (parsed.GetValue(format) == "json")
                {
                    JsonOutput.Write(parsed.InvocationConfiguration.Output, issued, OperationsJson.Indented.IssuedKey);
                    return ExitCodes.Success;
                }

                var old = issued.OldSecretWorksUntil is { } end
                    ? $"The old secret works until {end:u}."
                    : "The old secret stops working within a second.";
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"Key {issued.Key.Id} '{issued.Key.Name}' has a new secret. {old} The new one is shown only once:"
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Secret);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Option<string?> GraceOption()
    {
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
        return grace;
    }

    private static TimeSpan? ParseGracePeriod(string text)
    {
        if (
            text.EndsWith('d')
            && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var days)
            && days is > 0 and < 36_500
        )
            return TimeSpan.FromDays(days);
        return DurationText.TryRead(text, "", out var time) ? time : null;
    }
}
