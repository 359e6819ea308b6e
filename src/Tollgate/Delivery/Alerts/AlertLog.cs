namespace Tollgate.Delivery.Alerts;

/// <summary>What the sender of alerts writes to the log. Never an address with a secret in it.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(
        20,
        LogLevel.Warning,
        "The alert {Alert} could not be sent by {Channel}, and is tried again: {Reason}"
    )]
    public static partial void Failed(ILogger logger, Guid alert, string channel, string reason);

    [LoggerMessage(
        21,
        LogLevel.Error,
        "The alert {Alert} could not be sent by {Channel} for a day, and is given up: {Reason} Try again with "
            + "'tollgate alerts retry'."
    )]
    public static partial void GivenUp(ILogger logger, Guid alert, string channel, string reason);

    [LoggerMessage(22, LogLevel.Warning, "Alerts cannot be read or written now, and follow later: {Reason}")]
    public static partial void StoreUnavailable(ILogger logger, string reason);
}
