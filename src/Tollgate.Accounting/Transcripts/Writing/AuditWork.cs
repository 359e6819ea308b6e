namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>One row on its way to the database.</summary>
/// <param name="Entry">An entry; null where it is a refusal.</param>
/// <param name="Refusal">A refusal; null where it is an entry.</param>
/// <param name="Written">Told whether it was written, where somebody waits for that; such a row is not tried
/// again.</param>
internal sealed record AuditWork(
    AuditEntry? Entry,
    RefusalEntry? Refusal = null,
    TaskCompletionSource<bool>? Written = null
)
{
    /// <summary>What a row occupies beside its texts: objects, names, ids.</summary>
    private const int Overhead = 1024;

    /// <summary>What it occupies in memory, roughly.</summary>
    public long Bytes { get; } =
        Overhead
        + (
            2L
            * (
                (Entry?.PromptText?.Length ?? 0)
                + (Entry?.AnswerText?.Length ?? 0)
                + (Entry?.Message?.Length ?? 0)
                + (Refusal?.Message?.Length ?? 0)
            )
        );
}
