namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A holder and what it holds.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Machine and process.</param>
/// <param name="LeaseEnd">When its grants are no longer good; what it holds then counts as spent until it is
/// released.</param>
/// <param name="Grants">What it holds, by limit and target.</param>
public sealed record HolderState(
    Guid Id,
    string Name,
    DateTimeOffset LeaseEnd,
    IReadOnlyList<(string Limit, string Target, Int128 Held)> Grants
);
