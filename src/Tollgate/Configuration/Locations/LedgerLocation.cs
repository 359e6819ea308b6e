using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Pricing;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Problems;

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

    /// <summary>The ledger that a gateway started here would use; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so the location is unknown.</exception>
    public static LedgerOptions Resolve(string? dataFlag) => FromSettings(SettingsFor(dataFlag));

    /// <summary>The settings of a gateway started here; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static GatewaySettings SettingsFor(string? dataFlag)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        if (configuration.HasErrors)
            throw new InvalidDataException(
                $"Cannot determine the ledger location: "
                    + $"{configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)}"
            );
        var settings = configuration.Settings;
        return string.IsNullOrWhiteSpace(dataFlag)
            ? settings
            : settings with
            {
                DataFolder = Path.GetFullPath(dataFlag),
            };
    }

    /// <summary>
    /// The prices that a gateway started here would use: the options name the data folder, the configuration an
    /// overriding file.
    /// </summary>
    /// <exception cref="InvalidDataException">A price file has errors; all are named.</exception>
    public static PriceBook Prices(LedgerOptions options)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        return new CustomPrices(
            options.DataFolder,
            configuration.HasErrors ? null : configuration.Settings.PriceFile
        ).BuildPriceBook();
    }

    private static ILedgerStoreFactory[] ServerStores() => [PostgreSqlStores.Factory, MySqlStores.Factory];
}
