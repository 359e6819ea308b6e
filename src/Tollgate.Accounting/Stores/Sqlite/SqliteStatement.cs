using System.Text;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// A prepared statement whose parameters are set in order: <c>First().Add(…).Add(…).Run()</c>. It binds to SQLite
/// directly, since a parameter object for each value would be most of a write's cost. A value that a parameter already
/// has is not bound again: bindings survive a reset, and most of a call's forty values are those of the previous call,
/// zeros and names.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string _name;
    private readonly Binding[] _bindings;
    private byte[] _text = new byte[256];
    private int _parameter;

    public SqliteStatement(sqlite3 database, string name, string sql)
    {
        (_database, _name) = (database, name);
        SqliteErrorException.ThrowIfFailed(
            raw.sqlite3_prepare_v2(database, sql, out _statement),
            database,
            $"prepare '{name}'"
        );
        _bindings = new Binding[raw.sqlite3_bind_parameter_count(_statement) + 1];
    }

    private enum BindingKind : byte
    {
        Unknown,
        Null,
        Number,
        Text,
    }

    /// <summary>Starts with the first parameter, even if an earlier use was interrupted.</summary>
    public SqliteStatement Restart()
    {
        _parameter = 0;
        return this;
    }

    public SqliteStatement Add(long value)
    {
        ref var binding = ref _bindings[++_parameter];
        if (binding.Kind == BindingKind.Number && binding.Number == value)
            return this;
        EndBinding(raw.sqlite3_bind_int64(_statement, _parameter, value), ref binding);
        binding = new Binding(BindingKind.Number, value, null);
        return this;
    }

    public SqliteStatement Add(long? value) => value is { } number ? Add(number) : AddNull();

    public SqliteStatement Add(string? value)
    {
        if (value is null)
            return AddNull();
        ref var binding = ref _bindings[++_parameter];
        if (binding.Kind == BindingKind.Text && binding.Text == value)
            return this;
        if (Encoding.UTF8.GetMaxByteCount(value.Length) > _text.Length)
            _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        var length = Encoding.UTF8.GetBytes(value, _text);
        EndBinding(raw.sqlite3_bind_text(_statement, _parameter, _text.AsSpan(0, length)), ref binding);
        binding = new Binding(BindingKind.Text, 0, value);
        return this;
    }

    public SqliteStatement Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        // Big-endian, so that the order of UUIDv7 is the order of time.
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        ref var binding = ref _bindings[++_parameter];
        EndBinding(raw.sqlite3_bind_blob(_statement, _parameter, bytes), ref binding);
        return this;
    }

    public SqliteStatement AddNull()
    {
        ref var binding = ref _bindings[++_parameter];
        if (binding.Kind == BindingKind.Null)
            return this;
        EndBinding(raw.sqlite3_bind_null(_statement, _parameter), ref binding);
        binding = new Binding(BindingKind.Null, 0, null);
        return this;
    }

    /// <summary>Runs to the end and resets the statement for the next use.</summary>
    public void Run()
    {
        var step = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        SqliteErrorException.ThrowIfFailed(step, _database, _name);
    }

    /// <summary>Runs to the first row and returns its first column, a number.</summary>
    public long ReadNumber()
    {
        var step = raw.sqlite3_step(_statement);
        var number = step == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : 0;
        raw.sqlite3_reset(_statement);
        SqliteErrorException.ThrowIfFailed(step, _database, _name);
        return number;
    }

    /// <summary>
    /// Moves to the next row; returns false after the last one, when the statement is reset for the next use.
    /// </summary>
    public bool Next()
    {
        var step = raw.sqlite3_step(_statement);
        if (step == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        SqliteErrorException.ThrowIfFailed(step, _database, _name);
        return false;
    }

    /// <summary>Resets the statement for the next use before its last row.</summary>
    public void Rewind() => raw.sqlite3_reset(_statement);

    /// <summary>Returns a column of the row, counted from 0.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <inheritdoc cref="Number"/>
    public string? Text(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL
            ? null
            : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public void Dispose() => _statement.Dispose();

    /// <summary>Regardless of the result, the parameter's previous value is gone.</summary>
    private void EndBinding(int code, ref Binding binding)
    {
        binding = default;
        if (code != raw.SQLITE_OK)
            throw SqliteErrorException.Create(code, _database, $"bind a parameter to '{_name}'");
    }

    private readonly record struct Binding(BindingKind Kind, long Number, string? Text);
}
