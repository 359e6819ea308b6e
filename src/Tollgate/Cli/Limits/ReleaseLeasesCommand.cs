using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
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
        var (data, format) = (CommonOptions.Data(), CommonOptions.TextFormat());
        var command = new Command(
            name,
            "Release limit leases that gateways no longer renew. Spending that such a gateway did not record is then "
                + "not counted anywhere."
        )
        {
            holder,
            yes,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var leases = new LeaseOperations(workspace);
                var all = await leases.ListAsync(cancellationToken);
                var wanted = parsed.GetValue(holder);
                var named = wanted is null ? all : [.. all.Where(candidate => IsNamed(candidate, wanted))];
                if (wanted is not null && named.Count == 0)
                    return await parsed.FailAsync($"No lease holder is named '{wanted}'.");
                var expired = named.Where(static candidate => candidate.IsExpired).ToList();
                if (wanted is not null && expired.Count == 0)
                    return await parsed.FailAsync(
                        $"{named[0].Name} still renews its lease, currently until {named[0].ExpiresAt:u}. "
                            + "Stop it first."
                    );
                if (expired.Count > 0 && !await ConfirmAsync(parsed, expired, parsed.GetValue(yes)))
                    return ExitCodes.Failed;
                foreach (var released in expired)
                    await leases.ReleaseAsync(released, CommandWorkspace.Operator, cancellationToken);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, expired, OperationsJson.Indented.IReadOnlyListLeaseHolderDetails);
                else
                    await output.WriteLineAsync(Describe(expired.Count));
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static string Describe(int released) =>
        released switch
        {
            0 => "There are no expired leases.",
            1 => "Released the leases of 1 holder.",
            _ => $"Released the leases of {released} holders.",
        };

    private static bool IsNamed(LeaseHolderDetails holder, string name) =>
        holder.Name == name || holder.Id.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> ConfirmAsync(ParseResult parsed, List<LeaseHolderDetails> expired, bool isConfirmed)
    {
        var error = parsed.InvocationConfiguration.Error;
        foreach (var holder in expired)
            await error.WriteLineAsync(
                $"{holder.Id} {holder.Name}, lease expired at {holder.ExpiresAt:u}: {FormatLeases(holder)}"
            );
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
