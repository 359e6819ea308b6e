using Microsoft.Extensions.Logging;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Logging;

/// <summary>
/// The log of outages. It contains neither prompts nor keys. An exception is attached only if it is not the
/// environment's: its message is enough for a server that is down, and a stack trace would hide it.
/// </summary>
internal static partial class OutageLog
{
    [LoggerMessage(
        101,
        LogLevel.Error,
        "The ledger '{Path}' cannot be written: {Reason} Records of finished calls are kept in memory and written when "
            + "it recovers."
    )]
    public static partial void LedgerUnwritable(this ILogger logger, string path, string reason);

    [LoggerMessage(102, LogLevel.Information, "The ledger '{Path}' can be written again.")]
    public static partial void LedgerRecovered(this ILogger logger, string path);

    public static void ServerUnavailable(this ILogger logger, string folder, Exception failure) =>
        ServerUnavailable(logger, folder, failure.Message, WithoutEnvironment(failure));

    [LoggerMessage(104, LogLevel.Information, "Records are being sent to the database server again.")]
    public static partial void ServerRecovered(this ILogger logger);

    // Without the server's reason, which may quote the record.
    [LoggerMessage(
        105,
        LogLevel.Error,
        "The database server rejected the record {Record}, which was quarantined in '{Folder}'. "
            + "'tollgate db quarantine' shows the reason."
    )]
    public static partial void RecordQuarantined(this ILogger logger, CallId record, string folder);

    public static void CountersUnavailable(this ILogger logger, Exception failure) =>
        CountersUnavailable(logger, failure.Message, WithoutEnvironment(failure));

    [LoggerMessage(107, LogLevel.Information, "Leases are exchanged with the counters of limits again.")]
    public static partial void CountersRecovered(this ILogger logger);

    public static void LeasesNotReturned(this ILogger logger, Exception failure) =>
        LeasesNotReturned(logger, failure.Message, WithoutEnvironment(failure));

    public static void TranscriptsUnavailable(this ILogger logger, Exception failure) =>
        TranscriptsUnavailable(logger, failure.Message, WithoutEnvironment(failure));

    [LoggerMessage(110, LogLevel.Information, "The transcript log can be written again.")]
    public static partial void TranscriptsRecovered(this ILogger logger);

    public static void TranscriptsNotPurged(this ILogger logger, Exception failure) =>
        TranscriptsNotPurged(logger, failure.Message, WithoutEnvironment(failure));

    public static void RegistryUnreadable(this ILogger logger, Exception failure) =>
        RegistryUnreadable(logger, failure.Message, WithoutEnvironment(failure));

    [LoggerMessage(113, LogLevel.Information, "The registry can be read again.")]
    public static partial void RegistryRecovered(this ILogger logger);

    public static void RegistrySnapshotNotSaved(this ILogger logger, Exception failure) =>
        RegistrySnapshotNotSaved(logger, failure.Message, WithoutEnvironment(failure));

    [LoggerMessage(115, LogLevel.Information, "The registry snapshot can be saved in the data folder again.")]
    public static partial void RegistrySnapshotSaved(this ILogger logger);

    [LoggerMessage(
        103,
        LogLevel.Warning,
        "Records cannot be sent to the database server: {Reason} They wait in '{Folder}' and are sent when it responds."
    )]
    private static partial void ServerUnavailable(ILogger logger, string folder, string reason, Exception? unexpected);

    [LoggerMessage(
        106,
        LogLevel.Warning,
        "Leases cannot be exchanged with the counters of limits: {Reason} Calls that need more quota than this process "
            + "has leased are refused."
    )]
    private static partial void CountersUnavailable(ILogger logger, string reason, Exception? unexpected);

    [LoggerMessage(
        108,
        LogLevel.Warning,
        "The leases of this process could not be returned: {Reason} They count as spent until they are released."
    )]
    private static partial void LeasesNotReturned(ILogger logger, string reason, Exception? unexpected);

    [LoggerMessage(109, LogLevel.Warning, "The transcript log cannot be written: {Reason} Writing is retried.")]
    private static partial void TranscriptsUnavailable(ILogger logger, string reason, Exception? unexpected);

    [LoggerMessage(
        111,
        LogLevel.Warning,
        "Transcripts past their retention could not be removed: {Reason} It is tried again in an hour."
    )]
    private static partial void TranscriptsNotPurged(ILogger logger, string reason, Exception? unexpected);

    [LoggerMessage(
        112,
        LogLevel.Warning,
        "The registry (keys, users, projects, limits) cannot be read: {Reason} The last snapshot stays in use for up "
            + "to 15 minutes."
    )]
    private static partial void RegistryUnreadable(ILogger logger, string reason, Exception? unexpected);

    [LoggerMessage(
        114,
        LogLevel.Warning,
        "The registry snapshot cannot be saved in the data folder: {Reason} A gateway that starts while the database "
            + "server is unavailable will not find the latest registry."
    )]
    private static partial void RegistrySnapshotNotSaved(ILogger logger, string reason, Exception? unexpected);

    private static Exception? WithoutEnvironment(Exception failure) => failure is IOException ? null : failure;
}
