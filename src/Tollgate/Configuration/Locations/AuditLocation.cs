using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Settings;

namespace Tollgate.Configuration.Locations;

/// <summary>Locates the transcript log, both for the gateway and for every command.</summary>
internal static class AuditLocation
{
    /// <summary>Opens the transcript log of a gateway with these settings; null if it records nothing.</summary>
    public static async Task<AuditLog?> OpenAsync(
        GateSettings settings,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        settings.Audit is { Texts: AuditTexts.Off, KeepsRefusals: false }
            ? null
            : await AuditLog.OpenAsync(Of(settings) with { TimeProvider = clock }, cancellation);

    /// <summary>The transcript log that a gateway started here would use; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so the location is unknown.</exception>
    public static AuditOptions Resolve(string? dataFlag) => Of(SettingsFor(dataFlag));

    /// <summary>Like <see cref="Resolve"/>, but null if that gateway would keep no log.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static AuditOptions? ResolveKept(string? dataFlag) =>
        SettingsFor(dataFlag) is { Audit: not { Texts: AuditTexts.Off, KeepsRefusals: false } } kept ? Of(kept) : null;

    private static GateSettings SettingsFor(string? dataFlag)
    {
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        if (configuration.HasErrors)
            throw new InvalidDataException(
                $"Cannot determine the location of the transcript log: "
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

    private static AuditOptions Of(GateSettings settings)
    {
        var options = settings.Audit with { DataFolder = settings.DataFolder };
        try
        {
            // The database drivers are loaded only when needed.
            return settings.AuditDatabase is { } url
                ? options.At(url, PostgreSqlStores.Factory, MySqlStores.Factory)
                : options;
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"audit.database (AUDIT_DATABASE_URL): {fault.Message}", fault);
        }
    }
}
