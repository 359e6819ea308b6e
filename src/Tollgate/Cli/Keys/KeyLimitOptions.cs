using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Keys;

namespace Tollgate.Cli.Keys;

/// <summary>
/// The limits of a key under LiteLLM's names, as options of the commands that create and change keys.
/// </summary>
internal sealed class KeyLimitOptions
{
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
    }

    /// <summary>Returns the limits that a command line sets for a key.</summary>
    /// <exception cref="UsageException">An amount or a time cannot be read.</exception>
    public KeyLimits Read(ParseResult parsed)
    {
        try
        {
            return ReadLimits(parsed);
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private KeyLimits ReadLimits(ParseResult parsed) =>
        new()
        {
            MaxBudget = ReadAmount(parsed.GetValue(_budget), LimitMetric.Cost),
            SoftBudget = ReadAmount(parsed.GetValue(_soft), LimitMetric.Cost),
            BudgetDuration = parsed.GetValue(_duration) is { } duration ? WindowText.Parse(duration) : null,
            RequestsPerMinute = ReadAmount(parsed.GetValue(_rpm), LimitMetric.Requests),
            TokensPerMinute = ReadAmount(parsed.GetValue(_tpm), LimitMetric.TotalTokens),
            MaxParallelRequests = ReadAmount(parsed.GetValue(_parallel), LimitMetric.ConcurrentRequests),
            ModelMaxBudgets = ReadModelBudgets(parsed.GetValue(_models) ?? []),
        };

    private static NewAmount? ReadAmount(string? text, LimitMetric metric) =>
        text is null ? null : new NewAmount(LimitText.ParseAmount(metric, text));

    private static Dictionary<string, NewAmount> ReadModelBudgets(string[] pairs)
    {
        var budgets = new Dictionary<string, NewAmount>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.LastIndexOf('=');
            if (equals < 1)
                throw new FormatException($"'{pair}' is not a valid model budget. Write MODEL=USD, such as gpt-4o=5.");
            var amount = new NewAmount(LimitText.ParseAmount(LimitMetric.Cost, pair[(equals + 1)..]));
            if (!budgets.TryAdd(pair[..equals], amount))
                throw new FormatException($"The budget of the model '{pair[..equals]}' is given twice. Keep one.");
        }

        return budgets;
    }

    private static Option<string?> Amount(string name, string description) =>
        new(name) { Description = description, HelpName = "AMOUNT" };
}
