namespace Tollgate.Accounting.Alerts;

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>It is waiting to be sent, now or at its next attempt.</summary>
    Due,

    /// <summary>The recipient's server has accepted it.</summary>
    Sent,

    /// <summary>It failed for a day and is no longer attempted.</summary>
    Abandoned,
}

/// <summary>A message about one alert to one recipient.</summary>
public sealed record AlertDelivery
{
    /// <summary>
    /// The message's identity, the same in every attempt, by which a recipient can detect duplicates.
    /// </summary>
    public required Guid Id { get; init; }

    /// <summary>The alert.</summary>
    public required Alert Alert { get; init; }

    /// <summary>The route.</summary>
    public required AlertRoute Route { get; init; }

    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The number of attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is attempted next, if it is due.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>Why the last attempt failed; null if none did.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was sent or abandoned.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>The destination of a message.</summary>
/// <param name="Channel">The name of a configured channel, such as <c>email</c> or <c>webhook:ops</c>. Contains no
/// secret.</param>
/// <param name="Recipient">The address, if the channel has several; otherwise empty.</param>
public readonly record struct AlertRoute(string Channel, string Recipient = "")
{
    /// <summary>Returns a text such as <c>email:ann@example.com</c>.</summary>
    public override string ToString() => Recipient.Length == 0 ? Channel : $"{Channel}:{Recipient}";
}

/// <summary>An alert and its messages; empty if it has no recipients or is not routed yet.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Deliveries">The messages.</param>
public sealed record AlertWithDeliveries(Alert Alert, IReadOnlyList<AlertDelivery> Deliveries);
