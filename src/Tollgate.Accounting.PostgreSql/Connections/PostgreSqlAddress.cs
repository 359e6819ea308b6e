using Npgsql;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// The address and login of a database, from a URL or a connection string. Its text contains neither user nor password.
/// </summary>
internal sealed class PostgreSqlAddress
{
    /// <summary>Compiling a sum of many small parts takes ten times as long as running it.</summary>
    private const string WithoutCompilation = "SET jit = off";

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgreSqlAddress(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <exception cref="FormatException">It is neither a URL nor a connection string.</exception>
    public static PostgreSqlAddress Parse(string connection)
    {
        var settings = PostgreSqlUrl.IsUrl(connection) ? PostgreSqlUrl.Parse(connection) : ParseSettings(connection);
        settings.ApplicationName ??= "tollgate";
        // Times are written and read in UTC, whatever the server's time zone is.
        settings.Timezone = "UTC";
        // A caller's transaction scope must not include the ledger's writes, which would be rolled back with it.
        settings.Enlist = false;
        return new PostgreSqlAddress(settings);
    }

    /// <summary>
    /// Opens connections for the store's own statements. They leave no state behind except the staging table and this
    /// setting, so the reset between two uses is skipped, which also keeps that table.
    /// </summary>
    public NpgsqlDataSource OpenForStore()
    {
        var builder = new NpgsqlDataSourceBuilder(Change(settings => settings.NoResetOnClose = true).ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            static connection =>
            {
                using var command = connection.CreateCommand(WithoutCompilation);
                command.ExecuteNonQuery();
            },
            static connection => connection.RunAsync(WithoutCompilation, CancellationToken.None)
        );
        return builder.Build();
    }

    /// <summary>
    /// Opens a few connections for users' statements. They are read-only by default, and anything a statement might
    /// have left behind (settings, advisory locks) is discarded afterwards.
    /// </summary>
    public NpgsqlDataSource OpenForUsers() =>
        NpgsqlDataSource.Create(
            Change(settings =>
            {
                settings.Options = $"{settings.Options} -c default_transaction_read_only=on".TrimStart();
                settings.NoResetOnClose = false;
                settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, 4);
                settings.MinPoolSize = 0;
            })
        );

    /// <summary>The location, for messages.</summary>
    public override string ToString() =>
        $"PostgreSQL at {_settings.Host}:{_settings.Port}, database '{_settings.Database ?? _settings.Username}'";

    private NpgsqlConnectionStringBuilder Change(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString);
        change(settings);
        return settings;
    }

    private static NpgsqlConnectionStringBuilder ParseSettings(string connection)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception refusal) when (ServerUrlParser.IsInvalidSetting(refusal))
        {
            // Without the driver's own exception, which may quote a password.
            throw CreateException("contains a key or a value that the PostgreSQL driver does not support");
        }

        return string.IsNullOrEmpty(settings.Host) ? throw CreateException("does not contain a host") : settings;
    }

    private static FormatException CreateException(string problem) =>
        new(
            $"The PostgreSQL connection string {problem}. Use Host=…;Port=…;Username=…;Password=…;Database=…, or a "
                + $"URL such as "
                + "postgres://user:password@host:5432/database."
        );
}
