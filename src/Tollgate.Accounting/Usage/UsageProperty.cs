namespace Tollgate.Accounting.Usage;

/// <summary>The properties of records that a <see cref="PropertyFilter"/> compares.</summary>
public enum UsageProperty
{
    /// <summary>Counted in <see cref="UsageTotals.Errors"/>.</summary>
    Error,

    /// <summary>
    /// Counted in <see cref="UsageTotals.Unpriced"/>: recorded without a price, or the correction that added the price
    /// of such a record and reduces the count by one.
    /// </summary>
    Unpriced,

    /// <summary>Counted in <see cref="UsageTotals.Estimated"/>.</summary>
    Estimated,

    /// <summary>The response was streamed.</summary>
    Streamed,

    /// <summary>The record corrects another one, and is not a call.</summary>
    Correction,
}
