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
internal sealed class CheckLimitsCommand(TimeProvider time)
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
            (parsed, cancellationToken) =>
            {
                var options = parsed.ResolveLedger(_data) with { TimeProvider = time };
                return LimitsCommand.WithLimitsAsync(
                    options,
                    async (ledger, definitions) =>
                    {
                        var set = await definitions.ListAsync(cancellationToken);
                        await LimitsCommand.WarnAsync(set, parsed.InvocationConfiguration.Error);
                        if (!_scope.Any(pair => parsed.GetValue(pair.Option) is not null))
                            return Print(
                                parsed,
                                await LimitStatusReader.ReadAsync(
                                    ledger.Limits,
                                    set.Limits,
                                    time.GetUtcNow(),
                                    cancellationToken
                                ),
                                isExplained: false
                            );
                        var subject = await SubjectAsync(parsed, options, cancellationToken);
                        return Print(
                            parsed,
                            await LimitStatusReader.ReadAsync(
                                ledger.Limits,
                                set.Limits,
                                subject,
                                time.GetUtcNow(),
                                cancellationToken
                            ),
                            isExplained: true
                        );
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private int Print(ParseResult parsed, IReadOnlyList<LimitStatus> standings, bool isExplained)
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
                output.WriteLine(LimitFormatter.Explain(standing, now));
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
            ? ExitCodes.LimitExceeded
            : ExitCodes.Success;
    }

    /// <summary>One line per counter.</summary>
    public static void PrintTable(
        IReadOnlyList<LimitStatus> standings,
        DateTimeOffset now,
        TextWriter output,
        string format
    ) =>
        new ResultTable(
            ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode", "explanation"],
            standings.Select(standing => Row(standing, now))
        )
        {
            Brief = ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode"],
        }.Print(output, format);

    private static object?[] Row(LimitStatus standing, DateTimeOffset now)
    {
        var limit = standing.Limit;
        return
        [
            limit.Id,
            standing.Target.Length == 0 ? null : new LimitTarget(standing.Target).ToString(),
            LimitText.FormatAmount(limit.Metric, limit.MaxAt(now)),
            LimitAmount.ToText(limit.Metric, standing.Used),
            LimitAmount.ToText(limit.Metric, standing.Reserved),
            LimitText.FormatAmount(limit.Metric, standing.Left),
            standing.ResetsAt,
            SnakeCase.From(limit.Mode),
            LimitFormatter.Explain(standing, now),
        ];
    }

    /// <summary>The call in question. A key implies the user, project, … that it is bound to.</summary>
    private async Task<LimitSubject> SubjectAsync(
        ParseResult parsed,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var given = _scope.ToDictionary(static pair => pair.Dimension, pair => parsed.GetValue(pair.Option));
        var key = given[LimitDimension.Key] is { } name
            ? await KeyNames.FindAsync(name, options, cancellationToken)
            : null;
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
            ?? (model is null ? null : LedgerLocation.Prices(options).FindProvider(model, time.GetUtcNow()));
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
