using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A record that the server behind refuses: it stays in the data folder until it is sent again with success.
/// </summary>
/// <param name="Record">The record.</param>
/// <param name="At">When it was refused last.</param>
/// <param name="Reason">What the server said.</param>
public sealed record RefusedRecord(UsageRecord Record, DateTimeOffset At, string Reason);
