namespace Tollgate.Accounting.Stores;

/// <summary>A store that keeps sums beside its records, and so can find out whether they still agree.</summary>
public interface ISummedLedgerStore : ILedgerStore
{
    /// <summary>
    /// Compares each kind of kept sum with what it is made of. Those over names by 15 minutes are compared with the
    /// records, where none of a quarter of an hour were purged; the others with those.
    /// </summary>
    /// <param name="repair">
    /// Whether what is wrong is put right, by adding what is missing, which may be less than nothing. Others may book
    /// meanwhile.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was found, before any repair: one for each kind of sum.</returns>
    Task<IReadOnlyList<SumCheck>> CheckSumsAsync(bool repair, CancellationToken cancellation = default);
}

/// <summary>The kinds of sums that are kept.</summary>
public enum KeptSums
{
    /// <summary>By 15 minutes, key, model, provider, user and project. The others are made of these.</summary>
    SlotsOfNames,

    /// <summary>By day (UTC), key, model, provider, user and project.</summary>
    DaysOfNames,

    /// <summary>By 15 minutes alone.</summary>
    Slots,
}

/// <summary>What a check of one kind of sum found.</summary>
/// <param name="Sums">The kind.</param>
/// <param name="Wrong">The rows that are not what they should be, or are missing, or are too many.</param>
public sealed record SumCheck(KeptSums Sums, long Wrong)
{
    /// <summary>The start of the first wrong row's time; null where none is wrong.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The start of the last wrong row's time; null where none is wrong.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The calls that the wrong rows lack together; negative where they have too many.</summary>
    public long MissingCalls { get; init; }

    /// <summary>The cost in US dollars that the wrong rows lack together; negative where they have too much.</summary>
    public decimal MissingCost { get; init; }

    /// <summary>
    /// Quarters of an hour of which sums show more calls than there are records: those were purged, so nothing can be
    /// compared.
    /// </summary>
    public long Unknown { get; init; }
}
