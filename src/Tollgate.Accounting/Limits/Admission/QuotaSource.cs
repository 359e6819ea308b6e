namespace Tollgate.Accounting.Limits.Admission;

/// <summary>Where a reservation was taken from. A later change of the limit's mode does not change it.</summary>
internal enum QuotaSource
{
    /// <summary>From nothing: the limit only counts records.</summary>
    None,

    /// <summary>From the gateway's lease.</summary>
    Lease,

    /// <summary>From a bucket that only counts, without a lease.</summary>
    Bucket,
}
