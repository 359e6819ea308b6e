using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits set --global daily_tokens=150000 --model gpt-4 hourly_requests=75</c>.</summary>
internal sealed class SetLimitsCommand
{
    private readonly TimeProvider _time;
    private readonly Argument<string[]> _limits = new("LIMIT")
    {
        Description =
            "NAME=AMOUNT, such as daily_tokens=150000, daily_cost=12.50 or concurrent_requests=5; 0 rejects all "
            + "calls, none removes the limit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _global = new("--global")
    {
        Description = "The limits after it apply to all calls together.",
        Arity = ArgumentArity.Zero,
    };
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<string[]> Option)> _named =
        ScopeOptions.Repeated();
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<bool> Option)> _each = ScopeOptions.Each();
    private readonly Option<string?> _mode = new("--mode")
    {
        Description =
            "hard rejects calls, soft lets them pass and marks them, shadow only counts; default: unchanged, hard for "
            + "a new limit.",
    };
    private readonly Option<string?> _alerts = new("--alert-at")
    {
        Description = "The percentages of use at which an alert is sent.",
        HelpName = "50,80,95",
    };
    private readonly Option<string?> _zone = new("--timezone")
    {
        Description = "The time zone of the window; default: UTC.",
        HelpName = "ZONE",
    };
    private readonly Option<string?> _anchor = new("--anchor")
    {
        Description = "The local time at which a window starts.",
        HelpName = "TIME",
    };
    private readonly Option<string?> _burst = new("--burst")
    {
        Description = "The maximum that a bucket holds; default: its amount.",
        HelpName = "AMOUNT",
    };
    private readonly Option<string?> _increase = new("--raise")
    {
        Description = "A temporarily higher amount.",
        HelpName = "AMOUNT",
    };
    private readonly Option<string?> _until = new("--until")
    {
        Description = "The end of the temporary increase.",
        HelpName = "TIME",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    public SetLimitsCommand(TimeProvider time)
    {
        _time = time;
        _mode.AcceptOnlyFromAmong("hard", "soft", "shadow");
    }

    public Command Create()
    {
        var command = new Command(
            "set",
            "Set limits. A scope precedes its limits; several scopes may be given, and combined. A running gateway "
                + "applies it within a second."
        )
        {
            _limits,
            _global,
            _mode,
            _alerts,
            _zone,
            _anchor,
            _burst,
            _increase,
            _until,
            _data,
        };
        foreach (var (_, option) in _named)
            command.Add(option);
        foreach (var (_, option) in _each)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_increase) is null != result.GetResult(_until) is null)
                result.AddError("--raise and --until require each other: the amount and the end of the increase.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = parsed.ResolveLedger(_data) with { TimeProvider = _time };
        await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken); // Also closes its server.
        Dictionary<string, Func<Limit?, Limit>> changes;
        try
        {
            changes = await ChangesAsync(parsed, options, cancellationToken);
        }
        catch (FormatException exception)
        {
            return await LimitsCommand.FailAsync(parsed, exception.Message, ExitCodes.UsageError);
        }

        var definitions = await LimitDefinitions.OpenAsync(options, cancellationToken: cancellationToken);
        var made = await definitions.SetAsync(changes, cancellationToken);
        var earlier = await LimitsCommand.CountEarlierAsync(ledger, options, made, cancellationToken);
        foreach (var change in made)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Sentence(change, earlier));
        return ExitCodes.Success;
    }

    private static string Sentence(LimitChange change, IReadOnlyList<LimitDrift> earlier)
    {
        var (before, after) = (change.Before, change.After!);
        var was = before is null
            ? ""
            : $" (was {LimitFormatter.FormatAmount(before, before.Amount)}{(before.Owner is { } owner ? $", from {owner}" : "")})";
        var spent = earlier.FirstOrDefault(drift => drift.Limit.Id == after.Id && drift.Target.Length == 0) is { } used
            ? $" {LimitFormatter.FormatAmount(after, used.Ledger)} of it is already used."
            : "";
        return $"Set {after.Id} to {LimitFormatter.FormatAmount(after, after.Amount)}{was}.{spent}";
    }

    private async Task<Dictionary<string, Func<Limit?, Limit>>> ChangesAsync(
        ParseResult parsed,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var traits = new WindowOptions(
            parsed.GetValue(_zone) is { } zone ? LimitRules.ParseTimeZone(zone) : null,
            parsed.GetValue(_anchor) is { } anchor ? LimitRules.ParseAnchor(anchor) : null
        );
        var changes = new Dictionary<string, Func<Limit?, Limit>>(StringComparer.Ordinal);
        foreach (
            var (scope, text) in LimitArguments.Read(
                parsed.Tokens,
                Names(_named, static option => option),
                Names(_each, static option => option),
                _global.Name
            )
        )
        {
            var limit = ParseStatement(text, traits, parsed.GetValue(_burst))
                .ToLimit(await KeyNames.ResolveAsync(scope, options, cancellationToken));
            var change = CreateChange(parsed, limit);
            if (!changes.TryAdd(limit.Id, change))
                throw new FormatException($"The limit '{limit.Id}' is set twice. Keep one.");
        }

        return changes;
    }

    private static LimitExpression ParseStatement(string text, WindowOptions traits, string? burst)
    {
        if (burst is null)
            return LimitText.Parse(text, traits);
        var metric = LimitText.Parse(text).Metric;
        return LimitText.Parse(text, traits with { Burst = LimitText.ParseAmount(metric, burst) });
    }

    /// <summary>Returns the limit with the settings of the command line; the others are unchanged.</summary>
    private Func<Limit?, Limit> CreateChange(ParseResult parsed, Limit limit)
    {
        LimitMode? mode = parsed.GetValue(_mode) is { } word ? Enum.Parse<LimitMode>(word, ignoreCase: true) : null;
        int[]? alerts = parsed.GetValue(_alerts) is { } list
            ?
            [
                .. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(ParsePercent)
                    .Distinct()
                    .Order(),
            ]
            : null;
        TemporaryIncrease? raise = parsed.GetValue(_increase) is { } amount
            ? new TemporaryIncrease(
                LimitAmount.Parse(limit.Metric, amount),
                LimitRules.ParseTime(parsed.GetValue(_until)!)
            )
            : null;
        var keepsWindow =
            parsed.GetValue(_zone) is null && parsed.GetValue(_anchor) is null && parsed.GetValue(_burst) is null;
        return before =>
            limit with
            {
                Window = keepsWindow && before is not null ? before.Window : limit.Window,
                Mode = mode ?? before?.Mode ?? LimitMode.Hard,
                AlertThresholds = alerts is null ? before?.AlertThresholds ?? [] : [.. alerts],
                TemporaryIncrease = raise ?? before?.TemporaryIncrease,
            };
    }

    private static int ParsePercent(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
        && percent is >= 1 and <= 1000
            ? percent
            : throw new FormatException($"'{text}' is not a percentage. Write --alert-at 50,80,95.");

    private static Dictionary<string, LimitDimension> Names<T>(
        IReadOnlyList<(LimitDimension Dimension, T Option)> options,
        Func<T, Option> of
    ) =>
        options
            .SelectMany(pair =>
                of(pair.Option).Aliases.Append(of(pair.Option).Name).Select(name => (name, pair.Dimension))
            )
            .ToDictionary(static pair => pair.name, static pair => pair.Dimension, StringComparer.Ordinal);
}
