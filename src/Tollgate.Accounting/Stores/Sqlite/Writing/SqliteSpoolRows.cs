using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The rows of a spool: acknowledged or rejected by the server. For the writer's thread only.</summary>
internal sealed class SqliteSpoolRows(SqliteDatabase database)
{
    /// <summary>
    /// Removes everything up to a row, since it has reached the server. Records that the server rejects stay.
    /// </summary>
    public void AcknowledgeThrough(long seq) =>
        database.Execute($"DELETE FROM usage WHERE seq <= {seq} AND refused_at IS NULL");

    /// <summary>Quarantines a row that the server rejects.</summary>
    public void Quarantine(long seq, DateTimeOffset at, string reason)
    {
        using var statement = database.Prepare(
            "quarantine a record",
            "UPDATE usage SET refused_at = ?1, refusal = ?2 WHERE seq = ?3"
        );
        statement.Restart().Add(at.ToMicros()).Add(reason).Add(seq).Run();
    }

    /// <summary>
    /// Requeues quarantined records at the end and returns their number. At their old position, acknowledging a batch
    /// that is already on its way would delete them.
    /// </summary>
    public int Requeue()
    {
        database.Execute(
            "UPDATE usage SET seq = seq + (SELECT max(seq) FROM usage), refused_at = NULL, refusal = NULL WHERE "
                + "refused_at IS NOT NULL"
        );
        return database.Changes;
    }

    /// <summary>Removes a quarantined row; returns false if there is none.</summary>
    public bool DropQuarantined(CallId id)
    {
        using var statement = database.Prepare(
            "drop a record",
            "DELETE FROM usage WHERE call_id = ?1 AND attempt = ?2 AND refused_at IS NOT NULL"
        );
        statement.Restart().Add(id.Call).Add(id.Attempt).Run();
        return database.Changes > 0;
    }
}
