using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.AuditTrail;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits reset</c>: resets counters, and records that in the transcript log.</summary>
internal sealed class ResetLimitsCommand(TimeProvider time)
{
    private readonly Argument<string?> _id = new("LIMIT")
    {
        Description = "The limit's id, as listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<string?> Option)> _scope = ScopeOptions.Single(
        "Reset the limits for"
    );
    private readonly Option<bool> _global = new("--global")
    {
        Description = "Reset the limits over all calls together.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string?> _data = CommonOptions.Data();

    public Command Create()
    {
        var command = new Command(
            "reset",
            "Reset the counters of limits. Amounts held by calls in flight stay reserved."
        )
        {
            _id,
            _global,
            _yes,
            _data,
        };
        foreach (var (_, option) in _scope)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(_id) is not { Tokens.Count: > 0 }
                && result.GetResult(_global) is null
                && _scope.All(pair => result.GetResult(pair.Option) is null)
            )
                result.AddError(
                    "No limits are selected. Name a limit, --global, --model NAME, --user NAME or another scope."
                );
        });
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = parsed.ResolveLedger(_data) with { TimeProvider = time };
                return LimitsCommand.WithLimitsAsync(
                    options,
                    async (ledger, definitions) =>
                    {
                        var limits = (await definitions.ListAsync(cancellationToken)).Limits;
                        var wanted = await SelectLimitsAsync(parsed, options, cancellationToken);
                        var found = (
                            await LimitStatusReader.ReadAsync(
                                ledger.Limits,
                                limits,
                                time.GetUtcNow(),
                                cancellationToken
                            )
                        )
                            .Where(standing =>
                                IsSelected(standing, parsed.GetValue(_id), parsed.GetValue(_global), wanted)
                            )
                            .ToList();
                        return found.Count == 0
                            ? await LimitsCommand.FailAsync(parsed, "No counter matches. See 'tollgate limits check'.")
                            : await ResetAsync(parsed, ledger, found, cancellationToken);
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> ResetAsync(
        ParseResult parsed,
        UsageLedger ledger,
        List<LimitStatus> found,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var list = string.Join(
            ", ",
            found.Select(static standing =>
                $"{standing.Limit.Id}{LimitFormatter.FormatTarget(standing.Target)} "
                + $"({LimitFormatter.FormatAmount(standing.Limit, standing.Used)} used)"
            )
        );
        if (
            !parsed.GetValue(_yes)
            && !await Confirmation.ConfirmAsync(
                $"Reset the counters of {list}?",
                "reset requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was reset.",
                error
            )
        )
            return ExitCodes.Failed;
        foreach (var standing in found)
            await ledger.Limits.ResetAsync(standing.Limit, standing.Target, cancellationToken);
        foreach (var standing in found)
            await output.WriteLineAsync(
                $"Reset {standing.Limit.Id}{LimitFormatter.FormatTarget(standing.Target)}: "
                    + $"{LimitFormatter.FormatAmount(standing.Limit, standing.Used)} cleared."
            );
        await OperatorAuditTrail.WriteAsync(
            parsed,
            parsed.GetValue(_data),
            time,
            [$"Limits reset: {list}."],
            cancellationToken
        );
        return ExitCodes.Success;
    }

    private async Task<List<ScopeTerm>> SelectLimitsAsync(
        ParseResult parsed,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var wanted = new List<ScopeTerm>();
        foreach (var (dimension, option) in _scope)
            if (parsed.GetValue(option) is { } value)
                wanted.Add(
                    new ScopeTerm(
                        dimension,
                        dimension == LimitDimension.Key
                            ? (await KeyNames.FindAsync(value, options, cancellationToken)).Id
                            : value
                    )
                );
        return wanted;
    }

    private static bool IsSelected(LimitStatus standing, string? id, bool isGlobal, List<ScopeTerm> wanted)
    {
        if (standing.Limit.Metric is LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest)
            return false; // These keep no counter.
        if (id is not null && standing.Limit.Id != id)
            return false;
        if (isGlobal && !standing.Limit.Scope.Terms.IsEmpty)
            return false;
        return wanted.TrueForAll(term => GetScopeValue(standing, term.Dimension) == term.Value);
    }

    /// <summary>
    /// Returns the value of a dimension in a counter's scope: a target's parts are in the order of the per-value terms.
    /// </summary>
    private static string? GetScopeValue(LimitStatus standing, LimitDimension dimension)
    {
        // A tag comes last in a target, as it does among the terms.
        var parts = new LimitTarget(standing.Target).Values;
        var next = 0;
        foreach (var term in standing.Limit.Scope.Terms)
        {
            var value = term.Value ?? (next < parts.Count ? parts[next++] : null);
            if (term.Dimension == dimension)
                return value;
        }

        return null;
    }
}
