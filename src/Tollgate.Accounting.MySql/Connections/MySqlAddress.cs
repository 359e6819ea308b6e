using MySql.Data.MySqlClient;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// Where a database is and how one logs in, from a URL or a connection string. Its text shows neither user nor
/// password.
/// </summary>
internal sealed class MySqlAddress
{
    private readonly MySqlConnectionStringBuilder _settings;

    private MySqlAddress(MySqlConnectionStringBuilder settings) => _settings = settings;

    /// <exception cref="FormatException">It is neither a URL nor a connection string.</exception>
    public static MySqlAddress Parse(string connection)
    {
        var settings = MySqlUrl.IsUrl(connection) ? MySqlUrl.Parse(connection) : ParseSettings(connection);
        settings.CharacterSet = "utf8mb4";
        // A caller's transaction scope must not take in a booking, which would then be undone with it.
        settings.AutoEnlist = false;
        // The driver would cut a text at its semicolons, and the server would run each part.
        settings.AllowBatch = false;
        // Booking counts the rows that it changed, not those that it found.
        settings.UseAffectedRows = true;
        settings.AllowUserVariables = true; // A user's @x is not a parameter that is missing.
        settings.AllowLoadLocalInfile = false;
        settings.TreatTinyAsBoolean = false;
        settings.OldGuids = false;
        settings.ConvertZeroDateTime = false;
        settings.AllowZeroDateTime = true;
        settings.PersistSecurityInfo = false;
        return new MySqlAddress(settings);
    }

    /// <summary>For the store's own statements, from a pool.</summary>
    public MySqlDatabase OpenForStore() =>
        new(this, _settings.ConnectionString, (int)Math.Clamp(_settings.MaximumPoolSize, 1, 10_000));

    /// <summary>
    /// For users' own statements, few at a time: a session of its own each, so that all it might leave behind
    /// (settings, variables, locks) ends with it.
    /// </summary>
    public MySqlDatabase OpenForUsers() =>
        new(this, new MySqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString, 4);

    /// <summary>The place, for messages.</summary>
    public override string ToString() =>
        $"MySQL at {_settings.Server}:{_settings.Port}, database '{_settings.Database}'";

    private static MySqlConnectionStringBuilder ParseSettings(string connection)
    {
        MySqlConnectionStringBuilder settings;
        try
        {
            settings = new MySqlConnectionStringBuilder(connection);
        }
        catch (Exception refusal) when (ServerUrl.IsRefusedSetting(refusal))
        {
            // Without the driver's own exception, which may quote a password.
            throw Bad("holds a key or a value that MySQL's driver does not know");
        }

        if (!settings.ContainsKey("server") || string.IsNullOrEmpty(settings.Server))
            throw Bad("names no host");
        return string.IsNullOrEmpty(settings.Database) ? throw Bad("names no database") : settings;
    }

    private static FormatException Bad(string problem) =>
        new(
            $"The MySQL connection string {problem}. Write Server=…;Port=…;User ID=…;Password=…;Database=…, or a URL "
                + $"such as "
                + "mysql://user:password@host:3306/database."
        );
}
