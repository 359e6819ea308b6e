using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Configuration.Locations;

/// <summary>Locates the data of the use cases, both for the gateway and for every command.</summary>
internal static class WorkspaceLocation
{
    /// <summary>The settings of a gateway started with this request; the flag names another data folder.</summary>
    /// <param name="request">The environment and files of the process.</param>
    /// <param name="dataFlag">The value of <c>--data</c>; null if it is not given.</param>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static GatewaySettings ReadSettings(ConfigurationRequest request, string? dataFlag)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(request);
        if (configuration.HasErrors)
            throw new InvalidDataException(
                "Cannot determine the ledger location: "
                    + configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)
            );
        var settings = configuration.Settings;
        return string.IsNullOrWhiteSpace(dataFlag)
            ? settings
            : settings with
            {
                DataFolder = Path.GetFullPath(dataFlag),
            };
    }

    /// <summary>The workspace of a gateway with these settings.</summary>
    /// <exception cref="InvalidDataException">The database's URL cannot be used.</exception>
    public static Workspace FromSettings(GatewaySettings settings, TimeProvider time, ILoggerFactory log) =>
        new(
            CreateOptions(
                settings,
                LedgerLocation.FromSettings(settings) with
                {
                    TimeProvider = time,
                    LoggerFactory = log,
                }
            )
        );

    /// <summary>The workspace of a gateway that runs, on its open ledger.</summary>
    public static Workspace ForRunning(GatewaySettings settings, LedgerOptions options, UsageLedger ledger) =>
        new(CreateOptions(settings, options), ledger);

    private static WorkspaceOptions CreateOptions(GatewaySettings settings, LedgerOptions ledger) =>
        new()
        {
            Ledger = ledger,
            Prices = () => settings.CustomPrices.BuildPriceBook(),
            Transcripts = () => TranscriptLogLocation.FromSettings(settings),
            ConfiguredLimits = settings.Limits,
            Admission = settings.AdmissionWithAlerts,
            RegistryRequirements = settings.Gateway.RegistryRequirements,
            LoggerFactory = ledger.LoggerFactory,
        };
}
