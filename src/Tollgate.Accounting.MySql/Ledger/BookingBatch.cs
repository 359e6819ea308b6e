using System.Buffers.Binary;
using System.Security.Cryptography;
using MySqlConnector;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// Writes one batch within a transaction: its records, then the sums of the new ones. Rows are locked in the order of
/// their keys, so that overlapping batches wait for one another instead of deadlocking.
/// </summary>
/// <remarks>
/// INSERT IGNORE would also hide other errors, so an existing record is "updated" to its current value. The column
/// <c>booking</c>, a random number of this transaction, identifies the new ones.
/// </remarks>
internal sealed class BookingBatch(IReadOnlyList<UsageRecord> records)
{
    private static readonly UsageColumnSql Columns = MySqlDialect.Instance.Columns;

    private static readonly string InsertRecords =
        $"INSERT INTO usage_records ({UsageColumnSql.Join(Columns.Usage)}, booking) VALUES ";

    private const string IgnoreDuplicates = " ON DUPLICATE KEY UPDATE call_id = usage_records.call_id";

    private static readonly string InsertRollup =
        $"INSERT INTO usage_rollup (slot, names_hash, {UsageColumnSql.Join(Columns.RollupNames)}, "
        + $"{UsageColumnSql.Join(Columns.Sums)}) VALUES ";

    private static readonly string InsertDays =
        $"INSERT INTO usage_days (day, names_hash, {UsageColumnSql.Join(Columns.RollupNames)}, "
        + $"{UsageColumnSql.Join(Columns.Sums)}) VALUES ";

    private static readonly string InsertSlots =
        $"INSERT INTO usage_slots (slot, {UsageColumnSql.Join(Columns.Sums)}) VALUES ";

    /// <summary>The records without duplicates, in the order of the primary key.</summary>
    private readonly UsageRecord[] _records =
    [
        .. records
            .DistinctBy(static record => record.Id)
            .OrderBy(static record => record.Id.Call)
            .ThenBy(static record => record.Id.Attempt),
    ];

    /// <summary>Returns the number of new records.</summary>
    public async Task<int> BookAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var booking = BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
        var fresh = await InsertAsync(connection, booking, cancellationToken);
        if (fresh.Count == 0)
            return 0;
        var sums = Sums(fresh);
        await AddAsync(
            connection,
            InsertRollup,
            AddOnConflict("usage_rollup"),
            InOrder(sums),
            WriteNamed,
            cancellationToken
        );
        await AddAsync(
            connection,
            InsertDays,
            AddOnConflict("usage_days"),
            InOrder(ByDay(sums)),
            WriteNamed,
            cancellationToken
        );
        await AddAsync(
            connection,
            InsertSlots,
            AddOnConflict("usage_slots"),
            sums.GroupBy(static sum => sum.Key.Slot, static sum => sum.Value).OrderBy(static slot => slot.Key),
            static (row, slot) => row.Add(slot.Key).Add(slot.Aggregate(static (sum, next) => sum + next)),
            cancellationToken
        );
        return fresh.Count;
    }

    private async Task<List<UsageRecord>> InsertAsync(
        MySqlConnection connection,
        long booking,
        CancellationToken cancellationToken
    )
    {
        var inserted = await AddAsync(
            connection,
            InsertRecords,
            IgnoreDuplicates,
            _records,
            (row, record) =>
            {
                row.Add(record);
                row.Add(booking);
            },
            cancellationToken
        );
        // A row counts as 1 if it is new, and as 0 if nothing changed.
        if (inserted == _records.Length)
            return [.. _records];
        if (inserted == 0)
            return [];
        var fresh = new HashSet<CallId>();
        foreach (var chunk in _records.Select(static record => record.Id.Call).Distinct().Chunk(1000))
            await FindAsync(connection, booking, chunk, fresh, cancellationToken);
        return [.. _records.Where(record => fresh.Contains(record.Id))];
    }

    private static async Task FindAsync(
        MySqlConnection connection,
        long booking,
        Guid[] calls,
        HashSet<CallId> fresh,
        CancellationToken cancellationToken
    )
    {
        var ids = string.Join(
            ',',
            calls.Select(static call => $"X'{Convert.ToHexString(call.ToByteArray(bigEndian: true))}'")
        );
        await using var command = connection.CreateCommand(
            $"SELECT call_id, attempt FROM usage_records WHERE call_id IN ({ids}) AND booking = @p1",
            MySqlCommands.Number(booking)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            fresh.Add(new CallId(new Guid((byte[])reader.GetValue(0), bigEndian: true), reader.GetInt32(1)));
    }

    /// <summary>
    /// Sends rows in as few statements as possible, and returns the number of rows the server reports as changed.
    /// </summary>
    private static async Task<int> AddAsync<T>(
        MySqlConnection connection,
        string before,
        string behind,
        IEnumerable<T> items,
        Action<ValuesBuilder, T> write,
        CancellationToken cancellationToken
    )
    {
        var changed = 0;
        var rows = new ValuesBuilder(before, behind);
        foreach (var item in items)
        {
            write(rows.Begin(), item);
            rows.End();
            if (!rows.IsFull)
                continue;
            changed += await SendAsync(connection, rows.ToString(), cancellationToken);
            rows = new ValuesBuilder(before, behind);
        }

        return rows.Rows == 0 ? changed : changed + await SendAsync(connection, rows.ToString(), cancellationToken);
    }

    /// <summary>
    /// The server would close the connection on a statement that is too large, which would look like an outage and not
    /// like a record to reject.
    /// </summary>
    private static async Task<int> SendAsync(
        MySqlConnection connection,
        string statement,
        CancellationToken cancellationToken
    )
    {
        if (statement.Length > ValuesBuilder.UsualMaxLength)
        {
            var limit = await connection.NumberAsync("SELECT @@max_allowed_packet", cancellationToken);
            if (statement.Length >= limit) // One byte more is the kind of the request.
                throw new ArgumentException(
                    $"a record needs a statement of {statement.Length} bytes, but the server's max_allowed_packet is "
                        + $"{limit} bytes"
                );
        }

        return await connection.RunAsync(statement, cancellationToken);
    }

    private static Dictionary<SumKey, UsageTotals> Sums(List<UsageRecord> fresh)
    {
        var sums = new Dictionary<SumKey, UsageTotals>();
        foreach (var record in fresh)
        {
            var key = SumKey.FromRecord(record);
            sums[key] = sums.TryGetValue(key, out var sum)
                ? sum + UsageTotals.FromRecord(record)
                : UsageTotals.FromRecord(record);
        }

        return sums;
    }

    private static Dictionary<SumKey, UsageTotals> ByDay(Dictionary<SumKey, UsageTotals> sums)
    {
        var days = new Dictionary<SumKey, UsageTotals>();
        foreach (var (key, sum) in sums)
        {
            var day = key with { Slot = SlottedPeriod.DayOf(key.Slot) };
            days[day] = days.TryGetValue(day, out var sofar) ? sofar + sum : sum;
        }

        return days;
    }

    /// <summary>In the order of the table's key.</summary>
    private static IEnumerable<(SumKey Key, byte[] Hash, UsageTotals Sum)> InOrder(
        Dictionary<SumKey, UsageTotals> sums
    ) =>
        sums.Select(static sum => (sum.Key, Hash: sum.Key.NamesHash(), Sum: sum.Value))
            .OrderBy(static sum => sum.Key.Slot)
            .ThenBy(static sum => Convert.ToHexString(sum.Hash), StringComparer.Ordinal);

    private static void WriteNamed(ValuesBuilder row, (SumKey Key, byte[] Hash, UsageTotals Sum) sum) =>
        row.Add(sum.Key.Slot).Add(sum.Hash).AddAll(sum.Key.Names).Add(sum.Sum);

    /// <summary>
    /// VALUES() is the row that would have been inserted. MySQL prefers an alias, which MariaDB does not support; both
    /// accept this.
    /// </summary>
    public static string AddOnConflict(string table) =>
        $" ON DUPLICATE KEY UPDATE "
        + $"{UsageColumnSql.Join(Columns.Sums.Select(sum => $"{sum} = {table}.{sum} + VALUES({sum})"))}";
}
