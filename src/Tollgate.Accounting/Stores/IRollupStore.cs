namespace Tollgate.Accounting.Stores;

/// <summary>A store with rollups beside its records, which can therefore verify that they agree.</summary>
public interface IRollupStore : ILedgerStore
{
    /// <summary>
    /// Compares each kind of rollup with its source. Rollups by name and 15 minutes are compared with the records, for
    /// slots without purged records; the others with those rollups.
    /// </summary>
    /// <param name="repair">True if differences are corrected, by adding what is missing, which may be negative.
    /// Records may be written meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The findings before any repair: one for each kind of rollup.</returns>
    Task<IReadOnlyList<RollupVerification>> VerifyRollupsAsync(
        bool repair,
        CancellationToken cancellationToken = default
    );
}

/// <summary>The kinds of rollups.</summary>
public enum RollupKind
{
    /// <summary>By 15 minutes, key, model, provider, user and project. The others are derived from these.</summary>
    SlotsByName,

    /// <summary>By day (UTC), key, model, provider, user and project.</summary>
    DaysByName,

    /// <summary>By 15 minutes alone.</summary>
    Slots,

    /// <summary>
    /// By one dimension alone, and over all, in blocks of one hour to 64 days (UTC); on SQLite and PostgreSQL. A record
    /// is in many of them, so the counts of what is missing are too.
    /// </summary>
    Blocks,
}

/// <summary>The findings for one kind of rollup.</summary>
/// <param name="Sums">The kind.</param>
/// <param name="IncorrectRows">The number of rows that are incorrect, missing or superfluous.</param>
public sealed record RollupVerification(RollupKind Sums, long IncorrectRows)
{
    /// <summary>The start of the first incorrect row's time; null if there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The start of the last incorrect row's time; null if there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The total of missing calls; negative if there are too many.</summary>
    public long MissingCalls { get; init; }

    /// <summary>The total missing cost in US dollars; negative if there is too much.</summary>
    public decimal MissingCost { get; init; }

    /// <summary>
    /// The number of quarter hours whose sums show more calls than there are records: those were purged, so nothing can
    /// be compared.
    /// </summary>
    public long UnverifiableRows { get; init; }
}
