using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits;

/// <summary>A record and what it is charged to.</summary>
/// <param name="Record">The record.</param>
/// <param name="Charges">The counters of limits; null where none concerns it.</param>
public sealed record BookedUsage(UsageRecord Record, LimitCharges? Charges);
