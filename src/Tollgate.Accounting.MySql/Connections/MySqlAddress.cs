using MySqlConnector;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// The address and login of a database, from a URL or a connection string. Its text contains neither user nor password.
/// </summary>
internal sealed class MySqlAddress
{
    private readonly MySqlConnectionStringBuilder _settings;

    private MySqlAddress(MySqlConnectionStringBuilder settings) => _settings = settings;

    /// <exception cref="FormatException">It is neither a URL nor a connection string.</exception>
    public static MySqlAddress Parse(string connection)
    {
        var settings = MySqlUrl.IsUrl(connection) ? MySqlUrl.Parse(connection) : ParseSettings(connection);
        // A caller's transaction scope must not include the ledger's writes, which would be rolled back with it.
        settings.AutoEnlist = false;
        // Ends what an earlier use left behind (transactions, locks, settings), and replaces lost connections.
        settings.ConnectionReset = true;
        // Writes count the changed rows, not the matched ones.
        settings.UseAffectedRows = true;
        settings.AllowUserVariables = true; // A user's @x is not a missing parameter.
        settings.AllowLoadLocalInfile = false;
        // The session's sql_mode lets a backslash escape, so the driver has to escape it in parameters.
        settings.NoBackslashEscapes = false;
        settings.TreatTinyAsBoolean = false;
        settings.OldGuids = false;
        settings.GuidFormat = MySqlGuidFormat.None; // A text of 36 characters is not always a GUID.
        settings.ConvertZeroDateTime = false;
        settings.AllowZeroDateTime = true;
        settings.PersistSecurityInfo = false;
        return new MySqlAddress(settings);
    }

    /// <summary>Opens it for the store's own statements, with a pool.</summary>
    public MySqlDatabase OpenForStore() =>
        new(this, _settings.ConnectionString, (int)Math.Clamp(_settings.MaximumPoolSize, 1, 10_000));

    /// <summary>
    /// Opens it for users' statements, few at a time: each in its own session, so that anything it might leave behind
    /// (settings, variables, locks) ends with it.
    /// </summary>
    public MySqlDatabase OpenForUsers() =>
        new(this, new MySqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString, 4);

    /// <summary>The location, for messages.</summary>
    public override string ToString() =>
        $"MySQL at {_settings.Server}:{_settings.Port}, database '{_settings.Database}'";

    private static MySqlConnectionStringBuilder ParseSettings(string connection)
    {
        MySqlConnectionStringBuilder settings;
        try
        {
            settings = new MySqlConnectionStringBuilder(connection);
        }
        catch (Exception refusal) when (ServerUrlParser.IsInvalidSetting(refusal))
        {
            // Without the driver's own exception, which may quote a password.
            throw CreateException("contains a key or a value that the MySQL driver does not support");
        }

        if (!settings.ContainsKey("server") || string.IsNullOrEmpty(settings.Server))
            throw CreateException("does not contain a host");
        return string.IsNullOrEmpty(settings.Database)
            ? throw CreateException("does not contain a database name")
            : settings;
    }

    private static FormatException CreateException(string problem) =>
        new(
            $"The MySQL connection string {problem}. Use Server=…;Port=…;User ID=…;Password=…;Database=…, or a URL "
                + "such as mysql://user:password@host:3306/database."
        );
}
