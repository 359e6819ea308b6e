using System.CommandLine;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits reclaim</c>: releases the leases of gateways that no longer respond.</summary>
internal static class ReleaseLeases
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
            (parsed, cancellationToken) =>
                LimitsCommand.WithLimitsAsync(
                    parsed.ResolveLedger(data) with
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
                        var all = (await ledger.Limits.ListHoldersAsync(cancellationToken))
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
                        var dead = named.Where(one => one.LeaseExpiresAt <= time.GetUtcNow()).ToList();
                        if (wanted is not null && dead.Count == 0)
                            return await LimitsCommand.FailAsync(
                                parsed,
                                $"{named[0].Name} still renews its lease, currently until "
                                    + $"{named[0].LeaseExpiresAt:u}. Stop "
                                    + $"it first."
                            );
                        if (dead.Count == 0)
                        {
                            await output.WriteLineAsync("There are no expired leases.");
                            return ExitCodes.Success;
                        }

                        var limits = (await definitions.ListAsync(cancellationToken)).Limits.ToDictionary(
                            static limit => limit.Id,
                            StringComparer.Ordinal
                        );
                        foreach (var one in dead)
                            await error.WriteLineAsync(
                                $"{one.Id} {one.Name}, lease expired at {one.LeaseExpiresAt:u}: "
                                    + $"{FormatLeases(one, limits)}"
                            );
                        if (
                            !parsed.GetValue(yes)
                            && !await Confirmation.ConfirmAsync(
                                "Release these leases?",
                                "reclaim requires confirmation, and this session is not interactive. Add -y.",
                                "Nothing was released.",
                                error
                            )
                        )
                            return ExitCodes.Failed;
                        foreach (var one in dead)
                            await ledger.Limits.ReleaseAsync(one.Id, cancellationToken);
                        await output.WriteLineAsync(
                            $"Released the leases of {dead.Count} {(dead.Count == 1 ? "holder" : "holders")}."
                        );
                        return ExitCodes.Success;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static string FormatLeases(HeldLeases holder, Dictionary<string, Limit> limits) =>
        holder.Leases.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                holder.Leases.Select(grant =>
                    $"{(limits.TryGetValue(grant.Limit, out var limit) ? LimitFormatter.FormatAmount(limit, grant.Held) : grant.Held.ToString(System.Globalization.CultureInfo.InvariantCulture))} of {grant.Limit}{LimitFormatter.FormatTarget(grant.Target)}"
                )
            );
}
