using Tollgate.Accounting.Alerts;

namespace Tollgate.Delivery.Alerts.Channels;

/// <summary>A way by which messages leave.</summary>
internal interface IAlertChannel
{
    /// <summary>Its name in routes.</summary>
    string Name { get; }

    /// <summary>Sends a message; when it completes the recipient's server has taken it.</summary>
    /// <exception cref="AlertDeliveryException">It was not taken, or nobody knows whether it was; the message holds no
    /// secret.</exception>
    Task SendAsync(AlertDelivery message, CancellationToken cancellation);
}

/// <summary>Why a message was not taken. It holds no secret.</summary>
internal sealed class AlertDeliveryException(string message, Exception? inner = null) : Exception(message, inner);
