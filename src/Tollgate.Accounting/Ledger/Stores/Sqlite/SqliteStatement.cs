using System.Text;
using SQLitePCL;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>
/// A prepared statement whose parameters are given in order: <c>First().Add(…).Add(…).Run()</c>. It binds to SQLite directly,
/// since a parameter object a value would be most of a write's cost. Text is encoded into one buffer, which SQLite
/// copies; looking up an encoded string in a cache takes longer than encoding it.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string _name;
    private byte[] _text = new byte[256];
    private int _parameter;

    public SqliteStatement(sqlite3 database, string name, string sql)
    {
        (_database, _name) = (database, name);
        SqliteFault.ThrowIfFailed(raw.sqlite3_prepare_v2(database, sql, out _statement), database, $"prepare '{name}'");
    }

    /// <summary>Begins with the first parameter, wherever an earlier use was broken off.</summary>
    public SqliteStatement First()
    {
        _parameter = 0;
        return this;
    }

    public SqliteStatement Add(long value) => Bound(raw.sqlite3_bind_int64(_statement, ++_parameter, value));

    public SqliteStatement Add(long? value) => value is { } number ? Add(number) : AddNull();

    public SqliteStatement Add(string? value)
    {
        if (value is null) return AddNull();
        if (Encoding.UTF8.GetMaxByteCount(value.Length) > _text.Length) _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        var length = Encoding.UTF8.GetBytes(value, _text);
        return Bound(raw.sqlite3_bind_text(_statement, ++_parameter, _text.AsSpan(0, length)));
    }

    public SqliteStatement Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _); // Big-endian, so that the order of UUIDv7 is the order of time.
        return Bound(raw.sqlite3_bind_blob(_statement, ++_parameter, bytes));
    }

    public SqliteStatement AddNull() => Bound(raw.sqlite3_bind_null(_statement, ++_parameter));

    /// <summary>Runs to the end and makes the statement ready for the next use.</summary>
    public void Run()
    {
        var step = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        SqliteFault.ThrowIfFailed(step, _database, _name);
    }

    public void Dispose() => _statement.Dispose();

    private SqliteStatement Bound(int code)
    {
        if (code == raw.SQLITE_OK) return this;
        throw SqliteFault.Of(code, _database, $"bind a parameter to '{_name}'");
    }
}
