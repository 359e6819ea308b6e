using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Cli.Limits;

/// <summary>
/// The limits of a key under LiteLLM's names, as options of the commands that create and change keys.
/// </summary>
internal sealed class KeyLimitOptions
{
    private const string SoftVariant = "soft";

    private readonly Option<string?> _budget = Amount("--max-budget", "The key's maximum spend, in USD.");
    private readonly Option<string?> _soft = Amount(
        "--soft-budget",
        "The spend above which its calls are marked, in USD."
    );
    private readonly Option<string?> _duration = new("--budget-duration")
    {
        Description = "The reset interval of its budgets (30d, 24h, 1mo); default: never.",
        HelpName = "TIME",
    };
    private readonly Option<string?> _rpm = Amount("--rpm-limit", "The maximum number of requests per minute.");
    private readonly Option<string?> _tpm = Amount("--tpm-limit", "The maximum number of tokens per minute.");
    private readonly Option<string?> _parallel = Amount(
        "--max-parallel-requests",
        "The maximum number of concurrent requests."
    );
    private readonly Option<string[]> _models = new("--model-max-budget")
    {
        Description = "The maximum spend on a model; may be given several times.",
        HelpName = "MODEL=USD",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _budget, _soft, _duration, _rpm, _tpm, _parallel, _models })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(_duration) is not null
                && result.GetResult(_budget) is null
                && result.GetResult(_soft) is null
                && result.GetResult(_models) is null
            )
                result.AddError(
                    "--budget-duration requires a budget: --max-budget, --soft-budget or --model-max-budget."
                );
        });
    }

    /// <summary>Returns the limits that a command line sets for a key.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="since">The day on which windows of several days or months start.</param>
    /// <exception cref="FormatException">An amount or a time cannot be read.</exception>
    public IReadOnlyList<Func<string, Limit>> Read(ParseResult parsed, DateTimeOffset since)
    {
        var limits = new List<Func<string, Limit>>();
        var window = parsed.GetValue(_duration) is { } duration
            ? Anchored(WindowText.Parse(duration), since)
            : TotalWindow.Instance;
        Add(_budget, LimitMetric.Cost, window);
        Add(_soft, LimitMetric.Cost, window, SoftVariant);
        Add(_rpm, LimitMetric.Requests, new CalendarWindow(CalendarUnit.Minute));
        Add(_tpm, LimitMetric.TotalTokens, new CalendarWindow(CalendarUnit.Minute));
        Add(_parallel, LimitMetric.ConcurrentRequests, InstantWindow.Instance);
        foreach (var pair in parsed.GetValue(_models) ?? [])
        {
            var equals = pair.LastIndexOf('=');
            if (equals < 1)
                throw new FormatException($"'{pair}' is not a valid model budget. Write MODEL=USD, such as gpt-4o=5.");
            var statement = new LimitExpression(
                LimitMetric.Cost,
                window,
                LimitText.ParseAmount(LimitMetric.Cost, pair[(equals + 1)..])
            );
            limits.Add(key =>
                statement.ToLimit(
                    LimitScope.Create(
                        new ScopeTerm(LimitDimension.Key, key),
                        new ScopeTerm(LimitDimension.Model, pair[..equals])
                    )
                )
            );
        }

        return limits;

        void Add(Option<string?> option, LimitMetric metric, LimitWindow window, string? variant = null)
        {
            if (parsed.GetValue(option) is not { } text)
                return;
            var statement = new LimitExpression(metric, window, LimitText.ParseAmount(metric, text));
            limits.Add(key =>
                statement.ToLimit(ForKey(key), variant) with
                {
                    Mode = variant is null ? LimitMode.Hard : LimitMode.Soft,
                }
            );
        }
    }

    /// <summary>Sets the limits of a key. A budget replaces one with another duration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="made">Creates its limits from its id.</param>
    /// <param name="options">The ledger.</param>
    /// <param name="ledger">The open ledger, for a key that may already have usage.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task SetAsync(
        VirtualKey key,
        IReadOnlyList<Func<string, Limit>> made,
        LedgerOptions options,
        UsageLedger? ledger,
        CancellationToken cancellationToken
    )
    {
        if (made.Count == 0)
            return;
        var limits = made.Select(make => make(key.Id)).ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        var definitions = await LimitDefinitions.OpenAsync(options, ledger?.Limits, cancellationToken);
        var changes = await definitions.SetAsync(
            limits.ToDictionary(
                static pair => pair.Key,
                static pair =>
                    (Func<Limit?, Limit>)(before => pair.Value with { AlertThresholds = before?.AlertThresholds ?? [] })
            ),
            cancellationToken
        );
        foreach (
            var old in (await definitions.ListAsync(cancellationToken)).Limits.Where(old =>
                !limits.ContainsKey(old.Id) && limits.Values.Any(limit => IsReplaced(old, limit))
            )
        )
            await definitions.DeleteAsync(old.Id, cancellationToken);
        if (ledger is not null)
            await LimitsCommand.CountEarlierAsync(ledger, options, changes, cancellationToken);
    }

    private static bool IsReplaced(Limit old, Limit limit) =>
        limit.Metric == LimitMetric.Cost
        && old.Metric == LimitMetric.Cost
        && old.Owner is null
        && old.Scope.Equals(limit.Scope)
        && IsSoft(old) == IsSoft(limit);

    private static bool IsSoft(Limit limit) => limit.Id.Contains($".{SoftVariant}:", StringComparison.Ordinal);

    private static LimitScope ForKey(string key) => LimitScope.Create(new ScopeTerm(LimitDimension.Key, key));

    /// <summary>A window of several days starts when the key was created, not in 1970.</summary>
    private static LimitWindow Anchored(LimitWindow window, DateTimeOffset since) =>
        window is CalendarWindow { Count: > 1 } calendar
            ? new CalendarWindow(calendar.Unit, calendar.Count, calendar.Zone, since.UtcDateTime.Date)
            : window;

    private static Option<string?> Amount(string name, string description) =>
        new(name) { Description = description, HelpName = "AMOUNT" };
}
