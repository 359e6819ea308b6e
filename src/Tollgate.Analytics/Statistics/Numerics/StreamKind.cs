namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// What random numbers are for. The value is part of the counter and thereby of every result: never renumber.
/// </summary>
internal enum StreamKind : uint
{
    /// <summary>Usage of a simulated month: the low bits say which pair of numbers of it.</summary>
    Usage = 0x0000_0000,

    /// <summary>How many of a resample's draws fall into each block.</summary>
    ResampleBlocks = 0x0100_0000,

    /// <summary>Where in a block they fall.</summary>
    ResampleThrows = 0x0200_0000,

    /// <summary>Order statistics of resamples.</summary>
    ResampleRanks = 0x0300_0000,

    /// <summary>Samples of a distribution or a copula on their own.</summary>
    Sample = 0x0400_0000,

    /// <summary>Samples under a fitted distribution, for the p value of a test.</summary>
    GoodnessOfFit = 0x0500_0000,

    /// <summary>How many draws of a resample of paired quantiles fall into each block and group.</summary>
    PairedBlocks = 0x0600_0000,

    /// <summary>Where in a block those fall.</summary>
    PairedThrows = 0x0700_0000,
}
