using System.CommandLine;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits reclaim</c>: releases the leases of gateways that no longer respond.</summary>
internal static class ReclaimGrants
{
    public static Command Create(TimeProvider time)
    {
        var holder = new Argument<string?>("HOLDER")
        {
            Description = "The lease holder's id or name; default: all with an expired lease.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation." };
        var data = CommonOptions.Data();
        var command = new Command(
            "reclaim",
            "Release limit leases that gateways no longer renew. Spending that such a gateway did not record is then "
                + "not counted anywhere."
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
                            return await LimitsCommand.FailAsync(parsed, $"No lease holder is named '{wanted}'.");
                        var dead = named.Where(one => one.LeaseEnd <= time.GetUtcNow()).ToList();
                        if (wanted is not null && dead.Count == 0)
                            return await LimitsCommand.FailAsync(
                                parsed,
                                $"{named[0].Name} still renews its lease, currently until {named[0].LeaseEnd:u}. Stop "
                                    + $"it first."
                            );
                        if (dead.Count == 0)
                        {
                            await output.WriteLineAsync("There are no expired leases.");
                            return ExitCodes.Done;
                        }

                        var limits = (await definitions.ListAsync(cancellation)).Limits.ToDictionary(
                            static limit => limit.Id,
                            StringComparer.Ordinal
                        );
                        foreach (var one in dead)
                            await error.WriteLineAsync(
                                $"{one.Id} {one.Name}, lease expired at {one.LeaseEnd:u}: {Held(one, limits)}"
                            );
                        if (
                            !parsed.GetValue(yes)
                            && !await Confirmation.AskAsync(
                                "Release these leases?",
                                "reclaim requires confirmation, and this session is not interactive. Add -y.",
                                "Nothing was released.",
                                error
                            )
                        )
                            return ExitCodes.Failed;
                        foreach (var one in dead)
                            await ledger.Limits.ReleaseAsync(one.Id, cancellation);
                        await output.WriteLineAsync(
                            $"Released the leases of {dead.Count} {(dead.Count == 1 ? "holder" : "holders")}."
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
