using Npgsql;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// Where a database is and how one logs in, from a URL or a connection string. Its text shows neither user nor
/// password.
/// </summary>
internal sealed class PostgreSqlAddress
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgreSqlAddress(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <exception cref="FormatException">It is neither a URL nor a connection string.</exception>
    public static PostgreSqlAddress Parse(string connection)
    {
        var settings = PostgreSqlUrl.IsUrl(connection) ? PostgreSqlUrl.Parse(connection) : ParseSettings(connection);
        settings.ApplicationName ??= "tollgate";
        // Times are printed and read in UTC, whatever the server's zone is.
        settings.Timezone = "UTC";
        // A caller's transaction scope must not take in a booking, which would then be undone with it.
        settings.Enlist = false;
        return new PostgreSqlAddress(settings);
    }

    /// <summary>
    /// Connections for the store's own statements. They leave no state behind but the staging table, so the reset
    /// between two uses is spared, and that table with it.
    /// </summary>
    public NpgsqlDataSource OpenForStore() => Open(settings => settings.NoResetOnClose = true);

    /// <summary>
    /// Few connections for users' own statements. They are read-only by default, and all that a statement might have
    /// left behind (settings, advisory locks) is discarded after it.
    /// </summary>
    public NpgsqlDataSource OpenForUsers() =>
        Open(settings =>
        {
            settings.Options = $"{settings.Options} -c default_transaction_read_only=on".TrimStart();
            settings.NoResetOnClose = false;
            settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, 4);
            settings.MinPoolSize = 0;
        });

    /// <summary>The place, for messages.</summary>
    public override string ToString() =>
        $"PostgreSQL at {_settings.Host}:{_settings.Port}, database '{_settings.Database ?? _settings.Username}'";

    private NpgsqlDataSource Open(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString);
        change(settings);
        return NpgsqlDataSource.Create(settings);
    }

    private static NpgsqlConnectionStringBuilder ParseSettings(string connection)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception refusal) when (ServerUrl.IsRefusedSetting(refusal))
        {
            // Without the driver's own exception, which may quote a password.
            throw Bad("holds a key or a value that PostgreSQL's driver does not know");
        }

        return string.IsNullOrEmpty(settings.Host) ? throw Bad("names no host") : settings;
    }

    private static FormatException Bad(string problem) =>
        new(
            $"The PostgreSQL connection string {problem}. Write Host=…;Port=…;Username=…;Password=…;Database=…, or a "
                + $"URL such as "
                + "postgres://user:password@host:5432/database."
        );
}
