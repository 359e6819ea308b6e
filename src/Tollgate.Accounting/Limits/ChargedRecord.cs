using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits;

/// <summary>A record and the counters it is charged to.</summary>
/// <param name="Record">The record.</param>
/// <param name="Charges">The counters of limits; null if no limit applies.</param>
public sealed record ChargedRecord(UsageRecord Record, LimitCharges? Charges);
