namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A holder and its leases.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Name">The machine and process.</param>
/// <param name="LeaseEnd">When its leases expire; what it holds then counts as spent until it is released.</param>
/// <param name="Grants">Its leases, by limit and target.</param>
public sealed record HolderState(
    Guid Id,
    string Name,
    DateTimeOffset LeaseEnd,
    IReadOnlyList<(string Limit, string Target, Int128 Held)> Grants
);
