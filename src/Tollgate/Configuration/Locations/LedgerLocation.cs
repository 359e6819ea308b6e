using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;

namespace Tollgate.Configuration.Locations;

/// <summary>Locates the ledger, both for the gateway and for every command.</summary>
internal static class LedgerLocation
{
    /// <summary>The ledger of a gateway with these settings.</summary>
    /// <exception cref="InvalidDataException">The database's URL cannot be used.</exception>
    public static LedgerOptions FromSettings(GatewaySettings settings)
    {
        var options = new LedgerOptions { DataFolder = settings.DataFolder };
        try
        {
            // The database drivers are loaded only when needed.
            return settings.Database is { } url ? options.WithUrl(url, ServerStores()) : options;
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"ledger.database (DATABASE_URL): {exception.Message}", exception);
        }
    }

    private static ILedgerStoreFactory[] ServerStores() => [PostgreSqlStores.Factory, MySqlStores.Factory];
}
