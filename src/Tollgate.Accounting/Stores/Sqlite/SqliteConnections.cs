using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Opens connections for everything except the writer's hot path: queries, keys, migrations.</summary>
internal static class SqliteConnections
{
    /// <summary>Opens a read-only connection. The pool makes a second one cheap.</summary>
    public static SqliteConnection OpenForQueries(string databasePath) =>
        Open(databasePath, SqliteOpenMode.ReadWrite, "PRAGMA query_only=1;", pooling: true);

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
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooling,
            DefaultTimeout = 30,
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            connection.Run(SqliteDatabase.ConnectionPragmas + pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
