using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Exchange;

/// <summary>
/// Books the rows of a file. A row that is wrong is left out and reported; the others are booked. Bringing the same
/// file in twice books nothing twice: rows without an identity get one that is made of their contents.
/// </summary>
/// <param name="ledger">Where they are booked.</param>
/// <param name="tracker">Checks and prices what was counted elsewhere.</param>
public sealed class UsageImport(UsageLedger ledger, UsageTracker tracker)
{
    private const int BatchLength = 1000;
    private const int MostReported = 20;

    /// <summary>
    /// Brings a CSV file in: one that <see cref="UsageExport"/> wrote, or one with the columns of the view
    /// <c>accounting_entries</c> (at least <c>datetime</c> and <c>model</c>), in any order and with others between.
    /// </summary>
    /// <exception cref="FormatException">The file has not the columns that are needed, or is no CSV; what was read
    /// before is booked.</exception>
    public Task<ImportResult> CsvAsync(TextReader input) => RowsAsync(CsvRows(input));

    /// <summary>
    /// Brings in the database that <c>llm-accounting</c> keeps: its table <c>accounting_entries</c>. The file is only
    /// read.
    /// </summary>
    /// <exception cref="FormatException">The file has not the table or its columns.</exception>
    public Task<ImportResult> LlmAccountingAsync(string path) => RowsAsync(LlmAccountingFile.Rows(path));

    /// <summary>Brings in what a program has read by itself. A problem is counted as a row that is left out.</summary>
    public Task<ImportResult> EntriesAsync(IEnumerable<(UsageEntry? Entry, string? Problem)> entries) =>
        BookAllAsync(entries, item => Checked(tracker.ToRecord(item.Entry ?? throw new FormatException(item.Problem))));

    /// <summary>
    /// An identity that is the same for the same text and moment, for rows that may be brought in again.
    /// </summary>
    public static Guid IdentityOf(string text, DateTimeOffset at) =>
        ContentIdentity.OfHash(SHA256.HashData(Encoding.UTF8.GetBytes(text)), at);

    private Task<ImportResult> RowsAsync(IEnumerable<FieldRow> rows)
    {
        var identities = new ContentIdentity();
        return BookAllAsync(rows, row => ToRecord(row, identities));
    }

    private UsageRecord ToRecord(FieldRow row, ContentIdentity identities)
    {
        try
        {
            return Checked(row.Has("call") ? UsageFields.Read(row) : tracker.ToRecord(EntryRow.Read(row, identities)));
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new FormatException($"line {row.Line}: {fault.Message}", fault);
        }
    }

    private static UsageRecord Checked(UsageRecord record)
    {
        RecordRules.Check(record);
        return record;
    }

    private async Task<ImportResult> BookAllAsync<TRow>(IEnumerable<TRow> rows, Func<TRow, UsageRecord> toRecord)
    {
        var result = new ImportResult();
        var batch = new List<UsageRecord>(BatchLength);
        try
        {
            foreach (var row in rows)
            {
                result = Take(row, toRecord, batch, result with { Rows = result.Rows + 1 });
                if (batch.Count == BatchLength)
                    result = await BookAsync(batch, result);
            }
        }
        catch (FormatException)
        {
            await BookAsync(batch, result); // The file breaks off; what stood before is good.
            throw;
        }

        return await BookAsync(batch, result);
    }

    private static ImportResult Take<TRow>(
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
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            return result.Refuse(fault.Message, MostReported);
        }
    }

    private async Task<ImportResult> BookAsync(List<UsageRecord> batch, ImportResult result)
    {
        var booked = await ledger.AppendAsync(batch);
        batch.Clear();
        return result with { Booked = result.Booked + booked };
    }

    private static IEnumerable<FieldRow> CsvRows(TextReader input)
    {
        var reader = new CsvReader(input);
        var header = reader.Read() ?? throw new FormatException("The file is empty: the first line names the columns.");
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
            $"The columns are not known: {string.Join(", ", header)}. Needed are 'call' and 'started_at' as exported, "
                + $"or 'datetime' and 'model'."
        );
    }
}

/// <summary>What became of a file.</summary>
public sealed record ImportResult
{
    /// <summary>Rows read.</summary>
    public long Rows { get; init; }

    /// <summary>Records that were new. The rest of the good rows was booked before.</summary>
    public long Booked { get; init; }

    /// <summary>Rows left out because they are wrong.</summary>
    public long Refused { get; init; }

    /// <summary>Why, for the first of them.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    internal ImportResult Refuse(string problem, int most) =>
        this with
        {
            Refused = Refused + 1,
            Problems = Problems.Count < most ? [.. Problems, problem] : Problems,
        };
}
