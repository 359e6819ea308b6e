using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A record that the server rejects: it stays in the data folder until it is sent again successfully.
/// </summary>
/// <param name="Record">The record.</param>
/// <param name="QuarantinedAt">When it was last rejected.</param>
/// <param name="Reason">The server's error message.</param>
public sealed record QuarantinedRecord(UsageRecord Record, DateTimeOffset QuarantinedAt, string Reason);
