using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport;

/// <summary>
/// Records the rows of a file. An invalid row is skipped and reported; the others are recorded. Importing the same file
/// twice records nothing twice: rows without an identity get one derived from their contents.
/// </summary>
/// <param name="ledger">The ledger to write to.</param>
/// <param name="tracker">Validates and prices usage from other sources.</param>
public sealed class UsageImport(UsageLedger ledger, UsageTracker tracker)
{
    private const int BatchLength = 1000;
    private const int MaxReportedProblems = 20;

    /// <summary>
    /// Imports a CSV file: one written by <see cref="UsageExport"/>, or one with the columns of the view
    /// <c>accounting_entries</c> (at least <c>datetime</c> and <c>model</c>), in any order, possibly with others in
    /// between.
    /// </summary>
    /// <param name="input">The file.</param>
    /// <param name="cancellationToken">Cancels the import; rows recorded so far stay recorded.</param>
    /// <exception cref="FormatException">The file lacks required columns, or is not CSV; rows read before the error are
    /// recorded.</exception>
    public Task<ImportResult> CsvAsync(TextReader input, CancellationToken cancellationToken = default) =>
        RowsAsync(ReadCsvRows(input), cancellationToken);

    /// <summary>
    /// Imports the table <c>accounting_entries</c> of an <c>llm-accounting</c> database. The file is opened read-only.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the import; rows recorded so far stay recorded.</param>
    /// <exception cref="FormatException">The file lacks the table or its columns.</exception>
    public Task<ImportResult> LlmAccountingAsync(string path, CancellationToken cancellationToken = default) =>
        RowsAsync(LlmAccountingFile.ReadRows(path), cancellationToken);

    /// <summary>Imports entries that a program has read itself. A problem counts as a skipped row.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cancellationToken">Cancels the import; entries recorded so far stay recorded.</param>
    public Task<ImportResult> EntriesAsync(
        IEnumerable<(UsageEntry? Entry, string? Problem)> entries,
        CancellationToken cancellationToken = default
    ) =>
        BookAllAsync(
            entries,
            item => Validate(tracker.ToRecord(item.Entry ?? throw new FormatException(item.Problem))),
            cancellationToken
        );

    /// <summary>
    /// Returns an identity that is the same for the same text and time, for rows that may be imported again.
    /// </summary>
    public static Guid CreateIdentity(string text, DateTimeOffset at) =>
        ContentIdentity.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(text)), at);

    private Task<ImportResult> RowsAsync(IEnumerable<FieldRow> rows, CancellationToken cancellationToken)
    {
        var identities = new ContentIdentity();
        return BookAllAsync(rows, row => ToRecord(row, identities), cancellationToken);
    }

    private UsageRecord ToRecord(FieldRow row, ContentIdentity identities)
    {
        try
        {
            return Validate(row.Has("call") ? UsageFields.Read(row) : tracker.ToRecord(EntryRow.Read(row, identities)));
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new FormatException($"line {row.Line}: {exception.Message}", exception);
        }
    }

    private static UsageRecord Validate(UsageRecord record)
    {
        RecordRules.Validate(record);
        return record;
    }

    private async Task<ImportResult> BookAllAsync<TRow>(
        IEnumerable<TRow> rows,
        Func<TRow, UsageRecord> toRecord,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = new ImportResult();
        var batch = new List<UsageRecord>(BatchLength);
        try
        {
            foreach (var row in rows)
            {
                result = TryTake(row, toRecord, batch, result with { Rows = result.Rows + 1 });
                if (batch.Count == BatchLength)
                    result = await BookAsync(batch, result, cancellationToken);
            }
        }
        catch (FormatException)
        {
            // The file ends with an error; the rows before it are valid.
            await BookAsync(batch, result, cancellationToken);
            throw;
        }

        return await BookAsync(batch, result, cancellationToken);
    }

    private static ImportResult TryTake<TRow>(
        TRow row,
        Func<TRow, UsageRecord> toRecord,
        List<UsageRecord> batch,
        ImportResult result
    )
    {
        try
        {
            batch.Add(toRecord(row));
            return result;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return result.AddRejected(exception.Message, MaxReportedProblems);
        }
    }

    private async Task<ImportResult> BookAsync(
        List<UsageRecord> batch,
        ImportResult result,
        CancellationToken cancellationToken
    )
    {
        var booked = await ledger.AppendAsync(batch, cancellationToken);
        batch.Clear();
        return result with { Booked = result.Booked + booked };
    }

    private static IEnumerable<FieldRow> ReadCsvRows(TextReader input)
    {
        var reader = new CsvReader(input);
        var header = reader.Read() ?? throw new FormatException("The file is empty: a header line is required.");
        var names = ColumnNames(header);
        while (reader.Read() is { } values)
            yield return new FieldRow(names, values, reader.Line);
    }

    private static Dictionary<string, int> ColumnNames(List<string> header)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
            names.TryAdd(header[i].Trim().TrimStart('\uFEFF'), i);
        if (
            names.ContainsKey("call") && names.ContainsKey("started_at")
            || names.ContainsKey("datetime") && names.ContainsKey("model")
        )
            return names;
        throw new FormatException(
            $"Unknown columns: {string.Join(", ", header)}. Required are 'call' and 'started_at' (as exported), or "
                + $"'datetime' and 'model'."
        );
    }
}

/// <summary>The outcome of an import.</summary>
public sealed record ImportResult
{
    /// <summary>The number of rows read.</summary>
    public long Rows { get; init; }

    /// <summary>The number of new records. The other valid rows had been recorded before.</summary>
    public long Booked { get; init; }

    /// <summary>The number of rows skipped because they are invalid.</summary>
    public long Rejected { get; init; }

    /// <summary>The reasons for the first of them.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    internal ImportResult AddRejected(string problem, int max) =>
        this with
        {
            Rejected = Rejected + 1,
            Problems = Problems.Count < max ? [.. Problems, problem] : Problems,
        };
}
