namespace Tollgate.Accounting.Stores.Sql;

/// <summary>A part of a bucket of time, in microseconds since 1970.</summary>
/// <param name="Step">The number of the bucket, from 0.</param>
/// <param name="From">The start of the part.</param>
/// <param name="To">The end of the part, exclusive.</param>
public readonly record struct StepRange(int Step, long From, long To)
{
    /// <summary>1 if the part is added, and -1 if it is subtracted from a longer one.</summary>
    public int Sign { get; init; } = 1;

    /// <summary>The length of the rollups that serve the part, in hours; 0 for any other source.</summary>
    public int Hours { get; init; }
}
