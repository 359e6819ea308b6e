using SQLitePCL;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// The upper limit: one thread, one prepared INSERT of eight values into a plain table in the ledger's own file, a
/// flushed commit every N rows. No indexes, no rollups, no waiting callers.
/// </summary>
internal static class RawInserts
{
    public static async Task<string> MeasureAsync(string folder, int rows, int batch)
    {
        var calls = Calls.Make(rows);
        await using (await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = folder })) { } // Creates the file.
        raw.sqlite3_open_v2(
            Path.Combine(folder, LedgerOptions.FileName),
            out var database,
            raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX,
            null
        );
        using var _ = database;
        Run(
            "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; CREATE TABLE raw (id BLOB, started_at, provider, "
                + "model, input, output, cost, response);"
        );
        raw.sqlite3_prepare_v2(database, "INSERT INTO raw VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", out var insert);
        using var __ = insert;
        var measurement = new Measurement($"raw INSERT, {batch} a commit", 1, rows);
        var commits = 0;
        for (var i = 0; i < rows; i++)
        {
            if (i % batch == 0)
                Run("BEGIN IMMEDIATE");
            Insert(insert, calls[i].Booked);
            if (i % batch != batch - 1 && i != rows - 1)
                continue;
            Run("COMMIT");
            commits++;
        }

        return measurement.Row(commits, null);

        void Run(string sql)
        {
            if (raw.sqlite3_exec(database, sql) != raw.SQLITE_OK)
                throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
        }
    }

    private static void Insert(sqlite3_stmt insert, Tollgate.Metering.Usage.UsageRecord record)
    {
        raw.sqlite3_bind_blob(insert, 1, record.Id.Call.ToByteArray(bigEndian: true));
        raw.sqlite3_bind_int64(insert, 2, record.StartedAt.UtcTicks);
        raw.sqlite3_bind_text(insert, 3, record.Provider);
        raw.sqlite3_bind_text(insert, 4, record.Model);
        raw.sqlite3_bind_int64(insert, 5, record.Usage.InputTokens);
        raw.sqlite3_bind_int64(insert, 6, record.Usage.OutputTokens);
        raw.sqlite3_bind_int64(insert, 7, record.Cost?.ToPico() ?? 0);
        raw.sqlite3_bind_text(insert, 8, record.ResponseId);
        if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
            throw new InvalidOperationException("The insert failed.");
        raw.sqlite3_reset(insert);
    }
}
