using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The response to an exchange.</summary>
/// <param name="Now">The store's time, in microseconds since 1970.</param>
/// <param name="States">The counters, in the order of the requests.</param>
/// <param name="IsNewHolder">True if the store did not know the holder, so that it holds only what this response
/// grants.</param>
public sealed record LeaseResponse(UnixMicros Now, IReadOnlyList<LeaseState> States, bool IsNewHolder = false);
