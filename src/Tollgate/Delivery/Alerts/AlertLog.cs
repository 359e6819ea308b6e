namespace Tollgate.Delivery.Alerts;

/// <summary>The log messages of the alert sender. They never contain an address with a secret.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(
        20,
        LogLevel.Warning,
        "Alert {Alert} could not be sent through {Channel} and will be retried: {Reason}"
    )]
    public static partial void Failed(ILogger logger, Guid alert, string channel, string reason);

    [LoggerMessage(
        21,
        LogLevel.Error,
        "Alert {Alert} could not be sent through {Channel} for a day and is abandoned: "
            + "{Reason} Retry with 'tollgate alerts retry'."
    )]
    public static partial void Abandoned(ILogger logger, Guid alert, string channel, string reason);

    [LoggerMessage(22, LogLevel.Warning, "Alerts cannot be read or written now and will follow later: {Reason}")]
    public static partial void StoreUnavailable(ILogger logger, string reason);
}
