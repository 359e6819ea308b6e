using Tollgate.Accounting.MySql;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Settings;

namespace Tollgate.Configuration.Locations;

/// <summary>Where the audit log is, for the gate and for every command alike.</summary>
internal static class AuditLocation
{
    /// <summary>The audit log of a gate with these settings; null where it keeps nothing.</summary>
    public static async Task<AuditLog?> OpenAsync(
        GateSettings settings,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        settings.Audit is { Texts: AuditTexts.Off, KeepsRefusals: false }
            ? null
            : await AuditLog.OpenAsync(Of(settings) with { TimeProvider = clock }, cancellation);

    /// <summary>The audit log that a gate started here would use; the flag names another data folder.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so that nobody knows where the log
    /// is.</exception>
    public static AuditOptions Resolve(string? dataFlag) => Of(SettingsFor(dataFlag));

    /// <summary>The same; null where that gate would keep no log.</summary>
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
                $"Where the audit log is is not known: "
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
            // The drivers are loaded only where one is asked for.
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
