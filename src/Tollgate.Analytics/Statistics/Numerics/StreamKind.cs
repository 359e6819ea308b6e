namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// The purpose of random numbers. The value is part of the counter and thus of every result: never renumber.
/// </summary>
internal enum StreamKind : uint
{
    /// <summary>Usage of a simulated month: the low bits select the pair of numbers within it.</summary>
    Usage = 0x0000_0000,

    /// <summary>The number of a resample's draws that fall into each block.</summary>
    ResampleBlocks = 0x0100_0000,

    /// <summary>Their positions within a block.</summary>
    ResampleThrows = 0x0200_0000,

    /// <summary>Order statistics of resamples.</summary>
    ResampleRanks = 0x0300_0000,

    /// <summary>Samples of a standalone distribution or copula.</summary>
    Sample = 0x0400_0000,

    /// <summary>Samples from a fitted distribution, for the p-value of a test.</summary>
    GoodnessOfFit = 0x0500_0000,

    /// <summary>The number of draws of a resample of paired quantiles that fall into each block and group.</summary>
    PairedBlocks = 0x0600_0000,

    /// <summary>The positions of those within a block.</summary>
    PairedThrows = 0x0700_0000,
}
