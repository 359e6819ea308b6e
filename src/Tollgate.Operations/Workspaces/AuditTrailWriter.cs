using Microsoft.Extensions.Logging;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;

namespace Tollgate.Operations.Workspaces;

/// <summary>
/// Records who changed what. A change is recorded after it took effect: if the audit trail cannot be written, nothing
/// is undone, and a warning is logged.
/// </summary>
/// <param name="store">The audit trail of the ledger's database.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class AuditTrailWriter(IAuditTrailStore store, TimeProvider time, ILogger log)
{
    private readonly OrderedIds _ids = new();

    /// <summary>Records changes by one actor, all or none, in their order.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="changes">The changes.</param>
    public async Task WriteAsync(Actor actor, params IReadOnlyList<AuditedChange> changes)
    {
        var now = time.GetUtcNow();
        var entries = changes.Select(change => new AuditTrailEntry
        {
            Id = _ids.Create(now),
            Time = now,
            Actor = actor,
            Action = change.Action,
            Target = change.Target,
            Before = change.Before,
            After = change.After,
        });
        try
        {
            // Not canceled: what was done is to be recorded even if its caller no longer waits.
            await store.AppendAsync([.. entries], CancellationToken.None);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            LogNotRecorded(
                string.Join(", ", changes.Select(static change => $"{change.Action} {change.Target}")),
                exception.Message
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "could not record this in the audit trail: {Changes}: {Reason}")]
    private partial void LogNotRecorded(string changes, string reason);
}
