namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A holder and its leases.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Name">The machine and process.</param>
/// <param name="LeaseExpiresAt">When its leases expire; what it holds then counts as spent until it is
/// released.</param>
/// <param name="Leases">Its leases, by limit and target.</param>
public sealed record HeldLeases(
    Guid Id,
    string Name,
    DateTimeOffset LeaseExpiresAt,
    IReadOnlyList<(string Limit, string Target, Int128 Held)> Leases
);
