using System.Runtime.CompilerServices;
using Npgsql;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Reads records and sums.</summary>
internal sealed class UsageReading(PostgreSqlDatabase database)
{
    private const int PageSize = 1000;

    private static readonly string FindSql = $"SELECT {UsageColumns.List(UsageColumns.Usage)} FROM usage WHERE call_id = $1 ORDER BY attempt";

    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation) =>
        await RecordsAsync(FindSql, [PostgreSqlCommands.Id(call)], cancellation);

    /// <summary>
    /// Page by page, each a statement of its own, that begins behind the last record of the one before. A cursor would hold a
    /// transaction for as long as the caller takes, and with it old row versions, and the locks that a new month waits for.
    /// </summary>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(UsageSelection selection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var left = selection.Limit ?? int.MaxValue; left > 0;)
        {
            var asked = Math.Min(left, PageSize);
            var sql = new SelectionSql(selection, asked);
            var page = await RecordsAsync(sql.Text, sql.Parameters, cancellation);
            foreach (var record in page) yield return record;
            if (page.Count < asked) yield break;
            left -= page.Count;
            selection = selection with { After = UsagePosition.Of(page[^1]) };
        }
    }

    public Task<List<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation)
    {
        var sql = new SumSql(query);
        return RowsAsync(sql.Text, sql.Parameters, reader => Sum(reader, query), cancellation);
    }

    /// <summary>The sums on a connection, in its transaction.</summary>
    public static async Task<List<UsageSum>> SumAsync(NpgsqlConnection connection, UsageSumQuery query, CancellationToken cancellation)
    {
        var sql = new SumSql(query);
        await using var command = connection.Command(sql.Text, sql.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sums = new List<UsageSum>();
        while (await reader.ReadAsync(cancellation)) sums.Add(Sum(reader, query));
        return sums;
    }

    private static UsageSum Sum(NpgsqlDataReader reader, UsageSumQuery query)
    {
        var row = new UsageRowReader(reader);
        DateTimeOffset? slot = query.BySlot ? row.Time() : null;
        var names = new string?[query.By.Count];
        for (var i = 0; i < names.Length; i++) names[i] = row.TextOrNull();
        return new UsageSum(slot, names, row.Totals());
    }

    private Task<List<UsageRecord>> RecordsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation) =>
        RowsAsync(sql, parameters, static reader => new UsageRowReader(reader).Record(), cancellation);

    private Task<List<T>> RowsAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellation) =>
        database.RunAsync(
            async connection =>
            {
                await using var command = connection.Command(sql, parameters);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
                return rows;
            },
            cancellation);
}
