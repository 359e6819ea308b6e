namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>One row on its way to the database.</summary>
/// <param name="Entry">An entry; null if it is a denial.</param>
/// <param name="Denial">A denial; null if it is an entry.</param>
/// <param name="Written">Completed with whether it was written, if a caller waits for that; such a row is not
/// retried.</param>
internal sealed record TranscriptWork(
    TranscriptEntry? Entry,
    DenialEntry? Denial = null,
    TaskCompletionSource<bool>? Written = null
)
{
    /// <summary>The size of a row in addition to its texts: objects, names, ids.</summary>
    private const int Overhead = 1024;

    /// <summary>The approximate size in memory.</summary>
    public long Bytes { get; } =
        Overhead
        + (
            2L
            * (
                (Entry?.PromptText?.Length ?? 0)
                + (Entry?.ResponseText?.Length ?? 0)
                + (Entry?.Message?.Length ?? 0)
                + (Denial?.Message?.Length ?? 0)
            )
        );
}
