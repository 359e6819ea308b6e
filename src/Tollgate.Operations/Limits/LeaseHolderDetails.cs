using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Limits;

/// <summary>A gateway and the amounts of limits that it holds.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Its machine and process.</param>
/// <param name="ExpiresAt">When its leases expire unless it renews them.</param>
/// <param name="IsExpired">True if they have expired: what it holds counts as spent until they are released.</param>
/// <param name="Leases">The amounts that it holds.</param>
public sealed record LeaseHolderDetails(
    Guid Id,
    string Name,
    DateTimeOffset ExpiresAt,
    bool IsExpired,
    IReadOnlyList<HeldLease> Leases
)
{
    internal static LeaseHolderDetails Create(
        HeldLeases holder,
        IReadOnlyDictionary<string, Limit> limits,
        DateTimeOffset now
    ) =>
        new(
            holder.Id,
            holder.Name,
            holder.LeaseExpiresAt,
            holder.LeaseExpiresAt <= now,
            [
                .. holder.Leases.Select(lease => new HeldLease(
                    lease.Limit,
                    new LimitTarget(lease.Target).Values,
                    limits.TryGetValue(lease.Limit, out var limit)
                        ? LimitNumber.Create(limit.Metric, lease.Held)
                        : (decimal)lease.Held,
                    limits.TryGetValue(lease.Limit, out limit) && LimitAmount.IsMoney(limit.Metric)
                )),
            ]
        );
}

/// <summary>An amount of a limit that a gateway holds.</summary>
/// <param name="Limit">The limit's id.</param>
/// <param name="Target">The counted values, if it has a counter for each; otherwise empty.</param>
/// <param name="Amount">The amount: US dollars for money, otherwise a number of the metric's unit.</param>
/// <param name="IsMoney">True if the amount is in US dollars.</param>
public sealed record HeldLease(string Limit, IReadOnlyList<string> Target, decimal Amount, bool IsMoney);
