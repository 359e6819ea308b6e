using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Maintenance;

namespace Tollgate.Cli.Maintenance;

/// <summary><c>tollgate purge</c>: removes records, by age or all.</summary>
internal sealed class PurgeCommand
{
    private readonly TimeProvider _time;
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string?> _olderThan = new("--older-than")
    {
        Description = "Only records older than a number of days (90d) or than a date; their totals are kept.",
        HelpName = "AGE",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    private PurgeCommand(TimeProvider time)
    {
        _time = time;
        _olderThan.Validators.Add(result => CheckAge(result, _time));
    }

    public static Command Create(TimeProvider time)
    {
        var purge = new PurgeCommand(time);
        var command = new Command("purge", "Remove records: all of them with their totals, or those beyond an age.")
        {
            purge._yes,
            purge._olderThan,
            purge._data,
        };
        command.SetAction(purge.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var purge = new PurgeOperations(workspace);
        var before = parsed.GetValue(_olderThan) is { } age
            ? PurgeOperations.GetCutoff(ParseCutoff(age, _time)!.Value)
            : (DateTimeOffset?)null;
        var calls = await purge.CountAsync(before, cancellationToken);
        if (
            !parsed.GetValue(_yes) && !await ConfirmAsync(Question(before, calls), parsed.InvocationConfiguration.Error)
        )
            return ExitCodes.Failed;
        var removed = await purge.PurgeAsync(before, CommandWorkspace.Operator, cancellationToken);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"Removed {removed} records.");
        return ExitCodes.Success;
    }

    private static string Question(DateTimeOffset? before, long calls) =>
        before is { } moment
            ? $"Remove the records that started before {moment:yyyy-MM-dd HH:mm}Z (totals of {calls} calls are kept)?"
            : $"Remove all {calls} records and their totals?";

    /// <summary>Asks for confirmation; in a non-interactive session, nothing is removed.</summary>
    public static Task<bool> ConfirmAsync(string question, TextWriter error) =>
        Confirmation.ConfirmAsync(
            question,
            "purge requires confirmation, and this session is not interactive. Add -y.",
            "Nothing was removed.",
            error
        );

    /// <summary>Adds an error unless the value is an age or a date.</summary>
    public static void CheckAge(OptionResult result, TimeProvider time)
    {
        if (result.Tokens.Count > 0 && ParseCutoff(result.Tokens[0].Value, time) is null)
            result.AddError(
                $"'{result.Tokens[0].Value}' is not a valid age. Write days like 90d, or a date like 2026-01-31."
            );
    }

    /// <summary>
    /// Returns the time before which entries have that age; null if the text is neither an age nor a date.
    /// </summary>
    public static DateTimeOffset? ParseCutoff(string age, TimeProvider time)
    {
        if (
            age.EndsWith('d')
            && int.TryParse(age[..^1], CultureInfo.InvariantCulture, out var days)
            && days is >= 0 and < 36_500
        )
            return time.GetUtcNow().AddDays(-days);
        return DateOnly.TryParseExact(age, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : null;
    }
}
