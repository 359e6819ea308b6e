namespace Tollgate.Accounting.Usage;

/// <summary>
/// The direction of records. Those that are equal, or started in the same microsecond, are ordered by identity, in the
/// same direction.
/// </summary>
public enum UsageOrder
{
    /// <summary>Latest start first; by another property, highest first.</summary>
    NewestFirst,

    /// <summary>Earliest start first; by another property, lowest first.</summary>
    OldestFirst,
}
