using System.Data.Common;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Collects the parameters of a statement while its text is built: each call adds one and returns its placeholder, such
/// as <c>$3</c>.
/// </summary>
internal sealed class SqlParameters(SqlDialect dialect)
{
    private readonly List<DbParameter> _all = [];

    public string Text(string value) => Add(dialect.Text(value));

    public string Id(Guid value) => Add(dialect.Id(value));

    public string Number(int value) => Add(dialect.Number(value));

    public string Number(long value) => Add(dialect.Number(value));

    public string Time(long micros) => Add(dialect.Time(micros));

    public string Time(DateTimeOffset time) => Time(time.ToMicros());

    /// <summary>Runs the statement and reads its rows.</summary>
    public async Task<List<T>> ReadAsync<T>(
        DbConnection connection,
        string sql,
        ReadRow<T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = CreateCommand(connection, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new RowCursor(reader, dialect);
            rows.Add(read(ref row));
        }

        return rows;
    }

    /// <summary>Runs the statement.</summary>
    public async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand CreateCommand(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in _all)
            command.Parameters.Add(parameter);
        return command;
    }

    private string Add(DbParameter parameter)
    {
        _all.Add(parameter);
        return dialect.Placeholder(parameter, _all.Count);
    }
}

/// <summary>Converts a row.</summary>
internal delegate T ReadRow<out T>(ref RowCursor row);
