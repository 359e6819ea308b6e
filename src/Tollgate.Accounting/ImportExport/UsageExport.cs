using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport;

/// <summary>Streams records to a file; memory does not grow with their number.</summary>
public static class UsageExport
{
    /// <summary>Writes CSV with a header: <see cref="UsageFields.Names"/>. Returns the number of records.</summary>
    public static Task<long> WriteCsvAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellationToken = default
    ) => WriteAsync(records, new CsvWriter(UsageFields.Columns, output), cancellationToken);

    /// <summary>
    /// Writes one JSON object per line, with the same names; absent values are omitted. Returns the number of records.
    /// </summary>
    public static Task<long> WriteJsonLinesAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellationToken = default
    ) => WriteAsync(records, new JsonLinesWriter(UsageFields.Columns, output), cancellationToken);

    /// <summary>Writes one row per record, and completes the file. Returns the number of records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="rows">A writer for the columns <see cref="UsageFields.Columns"/>.</param>
    /// <param name="cancellationToken">Cancels the export; the file is then incomplete.</param>
    public static async Task<long> WriteAsync(
        IAsyncEnumerable<UsageRecord> records,
        IRowWriter rows,
        CancellationToken cancellationToken = default
    )
    {
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            count++;
            await rows.AddAsync(UsageFields.ToValues(record), cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
        return count;
    }
}
