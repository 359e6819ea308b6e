namespace Tollgate.Operations.Usage.Calls;

/// <summary>Records that were written since the last look.</summary>
/// <param name="Calls">The records, by their end, oldest first.</param>
/// <param name="HasGap">True if there were too many to return all of them; a list of calls has the others.</param>
public sealed record LiveCalls(IReadOnlyList<CallEntry> Calls, bool HasGap);
