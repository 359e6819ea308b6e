namespace Tollgate.Accounting.Limits.Leases;

/// <summary>Who holds grants: one opening of a ledger.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Machine and process, for operators.</param>
/// <param name="Lease">How long its grants are good without another exchange.</param>
public sealed record GrantHolder(Guid Id, string Name, TimeSpan Lease);
