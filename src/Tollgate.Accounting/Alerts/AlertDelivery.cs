namespace Tollgate.Accounting.Alerts;

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It is to be sent, now or at its next attempt.</summary>
    Due,

    /// <summary>The recipient's server has taken it.</summary>
    Sent,

    /// <summary>It failed for a day; nobody tries any more.</summary>
    GivenUp,
}

/// <summary>A message about one alert to one recipient.</summary>
public sealed record AlertDelivery
{
    /// <summary>The message's identity, the same in every attempt, by which a recipient knows a repetition.</summary>
    public required Guid Id { get; init; }

    /// <summary>The alert.</summary>
    public required Alert Alert { get; init; }

    /// <summary>Where to.</summary>
    public required AlertRoute Route { get; init; }

    /// <summary>How it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, where it is due.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>Why the last attempt failed; null where none did.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was sent or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Where a message goes.</summary>
/// <param name="Channel">The name of a configured channel, such as <c>email</c> or <c>webhook:ops</c>. It holds no
/// secret.</param>
/// <param name="Recipient">The address, where the channel has many; else empty.</param>
public readonly record struct AlertRoute(string Channel, string Recipient = "")
{
    /// <summary>Such as <c>email:ann@example.com</c>.</summary>
    public override string ToString() => Recipient.Length == 0 ? Channel : $"{Channel}:{Recipient}";
}

/// <summary>An alert and its messages; none where nobody is to be told, or nobody has looked yet.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Deliveries">The messages.</param>
public sealed record AlertState(Alert Alert, IReadOnlyList<AlertDelivery> Deliveries);
