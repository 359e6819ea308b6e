using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;

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
    private readonly Option<string?> _increase = new("--increase", "--raise")
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
    private readonly Option<string> _format = CommonOptions.TextFormat();

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
            _format,
        };
        foreach (var (_, option) in _named)
            command.Add(option);
        foreach (var (_, option) in _each)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_increase) is null != result.GetResult(_until) is null)
                result.AddError("--increase and --until require each other: the amount and the end of the increase.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetLimitRequest> requests;
        try
        {
            requests = ReadRequests(parsed);
        }
        catch (FormatException exception)
        {
            return await parsed.FailAsync(exception.Message, ExitCodes.UsageError);
        }

        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var results = await new LimitOperations(workspace).SetAsync(
            requests,
            CommandWorkspace.Operator,
            cancellationToken
        );
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_format) == "json")
            JsonOutput.Write(output, results, OperationsJson.Indented.IReadOnlyListSetLimitResult);
        else
            foreach (var result in results)
                await output.WriteLineAsync(Describe(result));
        return ExitCodes.Success;
    }

    private static string Describe(SetLimitResult result)
    {
        var (before, after) = (result.Before, result.After);
        var was = before is null
            ? ""
            : $" (was {LimitRows.FormatAmount(before.Metric, before.Amount)}"
                + $"{(before.Owner is { } owner ? $", from {owner}" : "")})";
        var spent = result.AlreadyUsed is { } used
            ? $" {LimitRows.FormatAmount(after.Metric, used)} of it is already used."
            : "";
        return $"Set {after.Id} to {LimitRows.FormatAmount(after.Metric, after.Amount)}{was}.{spent}";
    }

    private List<SetLimitRequest> ReadRequests(ParseResult parsed)
    {
        var traits = new WindowOptions(
            parsed.GetValue(_zone) is { } zone ? LimitRules.ParseTimeZone(zone) : null,
            parsed.GetValue(_anchor) is { } anchor ? LimitRules.ParseAnchor(anchor) : null
        );
        var limits = LimitArguments.Read(
            parsed.Tokens,
            Names(_named, static option => option),
            Names(_each, static option => option),
            _global.Name
        );
        return
        [
            .. limits.Select(limit =>
                ReadRequest(parsed, limit.Scope, ParseStatement(limit.Limit, traits, parsed.GetValue(_burst)))
            ),
        ];
    }

    private SetLimitRequest ReadRequest(ParseResult parsed, LimitScope scope, LimitExpression expression) =>
        new()
        {
            Scope = scope,
            Expression = expression,
            Mode = parsed.GetValue(_mode) is { } word ? Enum.Parse<LimitMode>(word, ignoreCase: true) : null,
            AlertAt = parsed.GetValue(_alerts) is { } list
                ?
                [
                    .. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(ParsePercent),
                ]
                : null,
            Increase = parsed.GetValue(_increase) is { } amount
                ? new TemporaryIncrease(
                    LimitAmount.Parse(expression.Metric, amount),
                    LimitRules.ParseTime(parsed.GetValue(_until)!)
                )
                : null,
            KeepsWindow =
                parsed.GetValue(_zone) is null && parsed.GetValue(_anchor) is null && parsed.GetValue(_burst) is null,
        };

    private static LimitExpression ParseStatement(string text, WindowOptions traits, string? burst)
    {
        if (burst is null)
            return LimitText.Parse(text, traits);
        var metric = LimitText.Parse(text).Metric;
        return LimitText.Parse(text, traits with { Burst = LimitText.ParseAmount(metric, burst) });
    }

    private static int ParsePercent(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
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
