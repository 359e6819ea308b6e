namespace Tollgate.Accounting.Usage;

/// <summary>
/// The sums that a query needs. Fewer are faster, since each is one column of every row that is read.
/// </summary>
public enum UsageSumContent
{
    /// <summary>All sums.</summary>
    All,

    /// <summary>Calls, errors, estimated and unpriced calls, and the cost; durations and consumption are 0.</summary>
    CallsAndCost,
}
