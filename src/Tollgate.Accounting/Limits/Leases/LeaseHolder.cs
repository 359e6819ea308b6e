namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A lease holder: one ledger instance.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Name">The machine and process, for operators.</param>
/// <param name="LeaseDuration">How long its leases remain valid without another exchange.</param>
public sealed record LeaseHolder(Guid Id, string Name, TimeSpan LeaseDuration);
