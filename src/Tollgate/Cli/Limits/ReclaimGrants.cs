using System.CommandLine;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits reclaim</c>: takes back what gates hold that do not answer any more.</summary>
internal static class ReclaimGrants
{
    public static Command Create(TimeProvider time)
    {
        var holder = new Argument<string?>("HOLDER")
        {
            Description = "The holder's id or name; else all whose lease is over.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var data = CommonOptions.Data();
        var command = new Command(
            "reclaim",
            "Take back what gates hold of limits and do not renew any more. What such a gate spent and did not book "
                + "is then counted by nobody."
        )
        {
            holder,
            yes,
            data,
        };
        command.SetAction(
            (parsed, cancellation) =>
                LimitsCommand.WithLimitsAsync(
                    parsed.Ledger(data) with
                    {
                        TimeProvider = time,
                    },
                    async (ledger, definitions) =>
                    {
                        var (output, error) = (
                            parsed.InvocationConfiguration.Output,
                            parsed.InvocationConfiguration.Error
                        );
                        var wanted = parsed.GetValue(holder);
                        var all = (await ledger.Limits.HoldersAsync(cancellation))
                            .Where(one => one.Id != ledger.InstanceId)
                            .ToList();
                        var named = wanted is null
                            ? all
                            :
                            [
                                .. all.Where(one =>
                                    one.Name == wanted
                                    || one.Id.ToString().StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
                                ),
                            ];
                        if (wanted is not null && named.Count == 0)
                            return await LimitsCommand.FailAsync(
                                parsed,
                                $"Nobody who holds anything is called '{wanted}'."
                            );
                        var dead = named.Where(one => one.LeaseEnd <= time.GetUtcNow()).ToList();
                        if (wanted is not null && dead.Count == 0)
                            return await LimitsCommand.FailAsync(
                                parsed,
                                $"{named[0].Name} renews what it holds, at last until {named[0].LeaseEnd:u}. Stop it "
                                    + $"first."
                            );
                        if (dead.Count == 0)
                        {
                            await output.WriteLineAsync("Nobody holds anything whose lease is over.");
                            return ExitCodes.Done;
                        }

                        var limits = (await definitions.ListAsync(cancellation)).Limits.ToDictionary(
                            static limit => limit.Id,
                            StringComparer.Ordinal
                        );
                        foreach (var one in dead)
                            await error.WriteLineAsync(
                                $"{one.Id} {one.Name}, lease over since {one.LeaseEnd:u}: {Held(one, limits)}"
                            );
                        if (
                            !parsed.GetValue(yes)
                            && !await Confirmation.AskAsync(
                                "Take that back?",
                                "reclaim asks before it does anything, and nobody is there to answer. Add -y.",
                                "Nothing was taken back.",
                                error
                            )
                        )
                            return ExitCodes.Failed;
                        foreach (var one in dead)
                            await ledger.Limits.ReleaseAsync(one.Id, cancellation);
                        await output.WriteLineAsync(
                            $"Took back what {dead.Count} {(dead.Count == 1 ? "holder" : "holders")} held."
                        );
                        return ExitCodes.Done;
                    },
                    cancellation
                )
        );
        return command;
    }

    private static string Held(HolderState holder, Dictionary<string, Limit> limits) =>
        holder.Grants.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                holder.Grants.Select(grant =>
                    $"{(limits.TryGetValue(grant.Limit, out var limit) ? LimitWords.Amount(limit, grant.Held) : grant.Held.ToString(System.Globalization.CultureInfo.InvariantCulture))} of {grant.Limit}{LimitWords.Of(grant.Target)}"
                )
            );
}
