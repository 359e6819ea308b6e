using Tollgate.Accounting.Tracking;

namespace Tollgate.Operations.Usage;

/// <summary>A usage that did not pass through a gateway.</summary>
/// <param name="Entry">The usage.</param>
/// <param name="Enforces">
/// True to record nothing if a rule or a limit is breached. By default it is recorded, since the money is spent, and
/// the
/// breach is reported.
/// </param>
public sealed record TrackRequest(UsageEntry Entry, bool Enforces);
