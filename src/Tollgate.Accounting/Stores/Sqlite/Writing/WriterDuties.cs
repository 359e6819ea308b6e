using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The data that the writer maintains in the transaction of a record.</summary>
/// <param name="KeepsSums">True if rollups are maintained; a spool has none.</param>
/// <param name="SpoolsCharges">True if limits are counted in the server's store, so that charges stay with their
/// records.</param>
/// <param name="Limits">The limits with thresholds.</param>
internal sealed record WriterDuties(bool KeepsSums, bool SpoolsCharges, LimitsWithThresholds Limits);
