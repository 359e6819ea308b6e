using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits release</c>: releases the leases of gateways that no longer respond.</summary>
internal static class ReleaseLeasesCommand
{
    public static Command Create(TimeProvider time, string name = "release")
    {
        var holder = new Argument<string?>("HOLDER")
        {
            Description = "The lease holder's id or name; default: all with an expired lease.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation." };
        var data = CommonOptions.Data();
        var command = new Command(
            name,
            "Release limit leases that gateways no longer renew. Spending that such a gateway did not record is then "
                + "not counted anywhere."
        )
        {
            holder,
            yes,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var leases = new LeaseOperations(workspace);
                var all = await leases.ListAsync(cancellationToken);
                var wanted = parsed.GetValue(holder);
                var named = wanted is null ? all : [.. all.Where(one => IsNamed(one, wanted))];
                if (wanted is not null && named.Count == 0)
                    return await parsed.FailAsync($"No lease holder is named '{wanted}'.");
                var expired = named.Where(static one => one.IsExpired).ToList();
                if (wanted is not null && expired.Count == 0)
                    return await parsed.FailAsync(
                        $"{named[0].Name} still renews its lease, currently until {named[0].ExpiresAt:u}. Stop it "
                            + "first."
                    );
                if (expired.Count == 0)
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync("There are no expired leases.");
                    return ExitCodes.Success;
                }

                if (!await ConfirmAsync(parsed, expired, parsed.GetValue(yes)))
                    return ExitCodes.Failed;
                foreach (var one in expired)
                    await leases.ReleaseAsync(one, CommandWorkspace.Operator, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Released the leases of {expired.Count} {(expired.Count == 1 ? "holder" : "holders")}."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static bool IsNamed(LeaseHolderDetails holder, string name) =>
        holder.Name == name || holder.Id.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> ConfirmAsync(ParseResult parsed, List<LeaseHolderDetails> expired, bool isConfirmed)
    {
        var error = parsed.InvocationConfiguration.Error;
        foreach (var one in expired)
            await error.WriteLineAsync($"{one.Id} {one.Name}, lease expired at {one.ExpiresAt:u}: {FormatLeases(one)}");
        return isConfirmed
            || await Confirmation.ConfirmAsync(
                "Release these leases?",
                "limits release requires confirmation, and this session is not interactive. Add -y.",
                "Nothing was released.",
                error
            );
    }

    private static string FormatLeases(LeaseHolderDetails holder) =>
        holder.Leases.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                holder.Leases.Select(static lease =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(lease.IsMoney ? "$" : "")}{lease.Amount:0.############} of {lease.Limit}"
                    ) + LimitRows.FormatTarget(lease.Target)
                )
            );
}
