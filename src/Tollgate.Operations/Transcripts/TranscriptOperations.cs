using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Transcripts;

/// <summary>Reads, writes and purges the transcript log: prompts, responses, events and denied calls.</summary>
/// <param name="workspace">The transcript log.</param>
public sealed class TranscriptOperations(Workspace workspace)
{
    /// <summary>The maximum number of entries of one call.</summary>
    private const int MaxEntriesPerCall = 10_000;

    private TranscriptOptions Options =>
        workspace.Options.Transcripts?.Invoke()
        ?? throw new OperationException(OperationError.Conflict, "This workspace has no transcript log.");

    /// <summary>Returns the selected entries, newest first.</summary>
    /// <exception cref="OperationException">The selection's limit is not at least 1.</exception>
    public async Task<IReadOnlyList<TranscriptEntry>> ListAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken
    )
    {
        FieldRules.RequireMin("count", selection.Limit, 1);
        await using var store = Options.OpenStore();
        return await store.EntriesAsync(selection, cancellationToken);
    }

    /// <summary>Returns a call's entries with their texts, oldest first.</summary>
    /// <exception cref="OperationException">There are none.</exception>
    public async Task<IReadOnlyList<TranscriptEntry>> ShowAsync(Guid call, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(
            new TranscriptSelection { Call = call, Limit = MaxEntriesPerCall },
            cancellationToken
        );
        return entries.Count == 0
            ? throw new OperationException(
                OperationError.NotFound,
                $"The transcript log has no entries for call {call}. transcripts.texts decides whether texts are "
                    + "recorded, transcripts.retention for how long they are kept."
            )
            : [.. entries.Reverse()];
    }

    /// <summary>Returns the selected calls that the gateway denied, newest first.</summary>
    /// <exception cref="OperationException">The selection's limit is not at least 1.</exception>
    public async Task<IReadOnlyList<DenialEntry>> ListDenialsAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken
    )
    {
        FieldRules.RequireMin("count", selection.Limit, 1);
        await using var store = Options.OpenStore();
        return await store.DenialsAsync(selection, cancellationToken);
    }

    /// <summary>Writes an entry, and returns it with its texts truncated as the log requires.</summary>
    /// <exception cref="OperationException">The entry has no text.</exception>
    public async Task<TranscriptEntry> WriteAsync(TranscriptEntry entry, CancellationToken cancellationToken)
    {
        if (new[] { entry.Message, entry.PromptText, entry.ResponseText }.All(string.IsNullOrWhiteSpace))
            throw new OperationException(
                OperationError.Invalid,
                "There is nothing to log: message, prompt_text and response_text are blank. Write one of them."
            );
        var options = Options;
        var stored = entry.Truncate(options.MaxTextBytes);
        await using var store = options.OpenStore();
        await store.MigrateAsync(cancellationToken);
        await store.AppendAsync([stored], [], cancellationToken);
        return stored;
    }

    /// <summary>The time before which entries are removed by default.</summary>
    public DateTimeOffset DefaultCutoff => workspace.Now - Options.Retention;

    /// <summary>Removes texts and denials from before a time, and returns the number of rows.</summary>
    public async Task<long> PurgeAsync(DateTimeOffset before, Actor actor, CancellationToken cancellationToken)
    {
        await using var store = Options.OpenStore();
        await store.MigrateAsync(cancellationToken);
        var removed = await store.PurgeAsync(before, cancellationToken);
        await workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange("transcripts.purge", "transcripts", After: $$"""{"removed":{{removed}}}""")
        );
        return removed;
    }
}
