using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Pricing;

namespace Tollgate.Configuration.Locations;

/// <summary>Where the ledger is, for the gate and for every command alike.</summary>
internal static class LedgerLocation
{
    /// <summary>The ledger of a gate with these settings.</summary>
    /// <exception cref="InvalidDataException">The database's URL cannot be used.</exception>
    public static LedgerOptions Of(GateSettings settings)
    {
        var options = new LedgerOptions { DataFolder = settings.DataFolder };
        try
        {
            // The drivers are loaded only where one is asked for.
            return settings.Database is { } url ? options.At(url, Servers()) : options;
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"ledger.database (DATABASE_URL): {fault.Message}", fault);
        }
    }

    /// <summary>The ledger that a gate started here would use; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so that nobody knows where the ledger
    /// is.</exception>
    public static LedgerOptions Resolve(string? dataFlag) => Of(SettingsFor(dataFlag));

    /// <summary>The settings of a gate started here; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static GateSettings SettingsFor(string? dataFlag)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        if (configuration.HasErrors)
            throw new InvalidDataException(
                $"Where the ledger is is not known: "
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
    /// The prices that a gate started here would use. The options name the data folder, the configuration a file that
    /// goes before.
    /// </summary>
    /// <exception cref="InvalidDataException">A price file has errors; all are named.</exception>
    public static PriceBook Prices(LedgerOptions options)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        return new OwnPrices(
            options.DataFolder,
            configuration.HasErrors ? null : configuration.Settings.PriceFile
        ).Book();
    }

    private static ILedgerStoreFactory[] Servers() => [PostgreSqlStores.Factory, MySqlStores.Factory];
}
