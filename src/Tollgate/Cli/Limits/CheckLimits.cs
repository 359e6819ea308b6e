using System.CommandLine;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Usage;
using Tollgate.Naming;

namespace Tollgate.Cli.Limits;

/// <summary>
/// <c>tollgate limits check</c>: shows what is used, reserved and left of all limits, or of those that apply to a call.
/// </summary>
internal sealed class CheckLimits(TimeProvider time)
{
    private readonly IReadOnlyList<(LimitDimension Dimension, Option<string?> Option)> _scope = ScopeOptions.Single(
        "Explain the limits for calls of"
    );
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    public Command Create()
    {
        var command = new Command(
            "check",
            "Show the current usage of all limits, or explain those that apply to a call. Exits with 3 if a hard "
                + "limit is exhausted."
        )
        {
            _data,
            _format,
        };
        foreach (var (_, option) in _scope)
            command.Add(option);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = parsed.Ledger(_data) with { TimeProvider = time };
                return LimitsCommand.WithLimitsAsync(
                    options,
                    async (ledger, definitions) =>
                    {
                        var set = await definitions.ListAsync(cancellation);
                        await LimitsCommand.WarnAsync(set, parsed.InvocationConfiguration.Error);
                        if (!_scope.Any(pair => parsed.GetValue(pair.Option) is not null))
                            return Print(
                                parsed,
                                await LimitStandings.ReadAsync(
                                    ledger.Limits,
                                    set.Limits,
                                    time.GetUtcNow(),
                                    cancellation
                                ),
                                isExplained: false
                            );
                        var subject = await SubjectAsync(parsed, options, cancellation);
                        return Print(
                            parsed,
                            await LimitStandings.ReadAsync(
                                ledger.Limits,
                                set.Limits,
                                subject,
                                time.GetUtcNow(),
                                cancellation
                            ),
                            isExplained: true
                        );
                    },
                    cancellation
                );
            }
        );
        return command;
    }

    private int Print(ParseResult parsed, IReadOnlyList<LimitStanding> standings, bool isExplained)
    {
        var (output, format, now) = (
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            time.GetUtcNow()
        );
        if (isExplained && format == "table")
        {
            if (standings.Count == 0)
                output.WriteLine("No limit applies to such a call.");
            foreach (var standing in standings)
                output.WriteLine(LimitWords.Explain(standing, now));
        }
        else
        {
            PrintTable(standings, now, output, format);
        }

        // A limit of 0 does not count as exhausted, unless the question is about a call.
        return standings.Any(standing =>
            standing is { Limit.Mode: LimitMode.Hard, Left: { } left }
            && left <= 0
            && (isExplained || standing.Limit.AmountAt(now) > 0)
        )
            ? ExitCodes.Breached
            : ExitCodes.Done;
    }

    /// <summary>One line per counter.</summary>
    public static void PrintTable(
        IReadOnlyList<LimitStanding> standings,
        DateTimeOffset now,
        TextWriter output,
        string format
    ) =>
        new Listing(
            ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode", "explanation"],
            standings.Select(standing => Row(standing, now))
        )
        {
            Brief = ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode"],
        }.Print(output, format);

    private static object?[] Row(LimitStanding standing, DateTimeOffset now)
    {
        var limit = standing.Limit;
        return
        [
            limit.Id,
            standing.Target.Length == 0 ? null : standing.Target.Replace('\n', '/'),
            LimitText.WriteAmount(limit.Metric, limit.MostAt(now)),
            LimitAmount.ToText(limit.Metric, standing.Used),
            LimitAmount.ToText(limit.Metric, standing.Reserved),
            LimitText.WriteAmount(limit.Metric, standing.Left),
            standing.ResetsAt,
            SnakeCase.From(limit.Mode),
            LimitWords.Explain(standing, now),
        ];
    }

    /// <summary>The call in question. A key implies the user, project, … that it is bound to.</summary>
    private async Task<LimitSubject> SubjectAsync(
        ParseResult parsed,
        LedgerOptions options,
        CancellationToken cancellation
    )
    {
        var given = _scope.ToDictionary(static pair => pair.Dimension, pair => parsed.GetValue(pair.Option));
        var key = given[LimitDimension.Key] is { } name ? await KeyNames.FindAsync(name, options, cancellation) : null;
        var whom = new Attribution
        {
            KeyId = key?.Id,
            User = key?.User ?? given[LimitDimension.User],
            Project = key?.Project ?? given[LimitDimension.Project],
            Application = given[LimitDimension.Application],
            Tags = given[LimitDimension.Tag],
        };
        var model = given[LimitDimension.Model];
        var provider =
            given[LimitDimension.Provider]
            ?? (model is null ? null : LedgerLocation.Prices(options).ProviderOf(model, time.GetUtcNow()));
        // Attributes that are not given are empty, and match no limit that requires them.
        return new LimitSubject(
            whom,
            provider!,
            model!,
            null,
            key?.Team ?? given[LimitDimension.Team],
            key?.Organization ?? given[LimitDimension.Organization]
        );
    }
}
