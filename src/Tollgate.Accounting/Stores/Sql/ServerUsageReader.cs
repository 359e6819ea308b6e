using System.Data.Common;
using System.Runtime.CompilerServices;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Reads records and sums from a server.</summary>
public sealed class ServerUsageReader(ISqlConnections connections, SqlDialect dialect)
{
    private const int PageSize = 1000;

    /// <inheritdoc cref="ILedgerStore.FindAsync"/>
    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken) =>
        await ReadRecordsAsync(
            parameters =>
                $"SELECT {UsageColumnSql.Join(dialect.Columns.Usage)} FROM {dialect.RecordsSource} WHERE call_id = "
                + $"{parameters.Id(call)} ORDER BY attempt",
            cancellationToken
        );

    /// <summary>
    /// Reads page by page, each with its own statement that begins after the last record of the previous one. A cursor
    /// would hold a connection and a transaction for as long as the caller takes, and with them old row versions, and
    /// locks that a new month waits for.
    /// </summary>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var left = selection.IsNever ? 0 : selection.Limit ?? int.MaxValue; left > 0;)
        {
            var (asked, from) = (Math.Min(left, PageSize), selection);
            var page = await ReadRecordsAsync(
                parameters => SelectionSqlBuilder.Build(from, asked, dialect, parameters),
                cancellationToken
            );
            foreach (var record in page)
                yield return record;
            if (page.Count < asked)
                yield break;
            left -= page.Count;
            selection = selection with { After = selection.PositionOf(page[^1]) };
        }
    }

    /// <inheritdoc cref="ILedgerStore.SumAsync"/>
    public Task<List<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken) =>
        query.IsNever
            ? Task.FromResult(RollupRow.Aggregate([], query).ToList())
            : connections.RunAsync(
                connection => SumAsync(connection, dialect, query, cancellationToken),
                cancellationToken
            );

    /// <summary>Reads the sums on a connection, in its transaction.</summary>
    public static Task<List<UsageSum>> SumAsync(
        DbConnection connection,
        SqlDialect dialect,
        UsageSumQuery query,
        CancellationToken cancellationToken
    )
    {
        var parameters = new SqlParameters(dialect);
        var sql = new SumSqlBuilder(query, dialect, parameters).Build();
        return parameters.ReadAsync(connection, sql, (ref RowCursor row) => ReadSum(ref row, query), cancellationToken);
    }

    private static UsageSum ReadSum(ref RowCursor row, UsageSumQuery query)
    {
        DateTimeOffset? slot =
            query.Edges.Count > 0 ? query.Edges[(int)row.Number()]
            : query.BySlot ? row.Time()
            : null;
        var names = new string?[query.By.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = row.TextOrNull();
        return new UsageSum(slot, names, row.ReadTotals());
    }

    private Task<List<UsageRecord>> ReadRecordsAsync(
        Func<SqlParameters, string> text,
        CancellationToken cancellationToken
    ) =>
        connections.RunAsync(
            connection =>
            {
                var parameters = new SqlParameters(dialect); // For one command; the work may be retried.
                return parameters.ReadAsync(
                    connection,
                    text(parameters),
                    static (ref RowCursor row) => row.ReadRecord(),
                    cancellationToken
                );
            },
            cancellationToken
        );
}
