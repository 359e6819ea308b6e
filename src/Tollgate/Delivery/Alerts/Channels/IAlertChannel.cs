using Tollgate.Accounting.Alerts;

namespace Tollgate.Delivery.Alerts.Channels;

/// <summary>A channel that delivers messages.</summary>
internal interface IAlertChannel
{
    /// <summary>Its name in routes.</summary>
    string Name { get; }

    /// <summary>Sends a message; the recipient's server has accepted it on completion.</summary>
    /// <exception cref="AlertDeliveryException">It was not accepted, or the outcome is unknown; the message contains no
    /// secret.</exception>
    Task SendAsync(AlertDelivery message, CancellationToken cancellationToken);
}

/// <summary>The reason why a message was not accepted. It contains no secret.</summary>
internal sealed class AlertDeliveryException(string message, Exception? inner = null) : Exception(message, inner);
