using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Opens connections for everything except the writer's hot path: queries, keys, migrations.</summary>
internal static class SqliteConnections
{
    /// <summary>
    /// The open handles that have their pragmas. A gateway reads a few rows several times a second: it gets a handle
    /// from the pool nearly every time.
    /// </summary>
    private static readonly ConditionalWeakTable<sqlite3, object> Prepared = [];

    private static readonly object Mark = new();

    /// <summary>Composing a connection's text takes longer than such a read.</summary>
    private static readonly ConcurrentDictionary<(string, SqliteOpenMode, bool), string> Texts = new();

    /// <summary>
    /// Opens a read-only connection. The pool makes a second one cheap. SQLite must not build an index for a single
    /// statement: it would read all rollups to find those of a project, instead of seeking the slots of the period.
    /// </summary>
    public static SqliteConnection OpenForQueries(string databasePath) =>
        Open(databasePath, SqliteOpenMode.ReadWrite, "PRAGMA query_only=1; PRAGMA automatic_index=0;", pooling: true);

    /// <summary>Opens a connection for short writes alongside the writer.</summary>
    public static SqliteConnection OpenForWrites(string databasePath) =>
        Open(databasePath, SqliteOpenMode.ReadWrite, "PRAGMA query_only=0; PRAGMA synchronous=FULL;", pooling: false);

    /// <summary>Opens a connection that creates the file if it is missing.</summary>
    public static SqliteConnection OpenForMigration(string databasePath) =>
        Open(databasePath, SqliteOpenMode.ReadWriteCreate, "", pooling: false);

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    public static object? Scalar(
        this SqliteConnection connection,
        string sql,
        params (string Name, object? Value)[] parameters
    )
    {
        using var command = connection.CreateCommand(sql, parameters);
        return command.ExecuteScalar();
    }

    public static SqliteCommand CreateCommand(
        this SqliteConnection connection,
        string sql,
        params (string Name, object? Value)[] parameters
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, string pragmas, bool pooling)
    {
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection(
            Texts.GetOrAdd((path, mode, pooling), static key => FormatText(key.Item1, key.Item2, key.Item3))
        );
        try
        {
            connection.Open();
            if (pooling && Prepared.TryGetValue(connection.Handle!, out _))
                return connection;
            connection.Run(SqliteDatabase.ConnectionPragmas + pragmas);
            if (pooling)
                Prepared.TryAdd(connection.Handle!, Mark);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string FormatText(string path, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooling,
            DefaultTimeout = 30,
        }.ToString();
}
