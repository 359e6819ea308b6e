using Tollgate.Configuration.Settings;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Configuration.Locations;

/// <summary>Locates what the use cases work on, both for the gateway and for every command.</summary>
internal static class WorkspaceLocation
{
    /// <summary>The workspace that a gateway started here would use; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static Workspace Resolve(string? dataFlag, TimeProvider time, ILoggerFactory log) =>
        FromSettings(LedgerLocation.SettingsFor(dataFlag), time, log);

    /// <summary>The workspace of a gateway with these settings.</summary>
    /// <exception cref="InvalidDataException">The database's URL cannot be used.</exception>
    public static Workspace FromSettings(GatewaySettings settings, TimeProvider time, ILoggerFactory log) =>
        new(
            new WorkspaceOptions
            {
                Ledger = LedgerLocation.FromSettings(settings) with { TimeProvider = time },
                Prices = () => settings.CustomPrices.BuildPriceBook(),
                Transcripts = TranscriptLogLocation.FromSettings(settings),
                ConfiguredLimits = settings.Limits,
                Admission = settings.AdmissionWithAlerts,
                RegistryRequirements = settings.Gateway.RegistryRequirements,
                LoggerFactory = log,
            }
        );
}
