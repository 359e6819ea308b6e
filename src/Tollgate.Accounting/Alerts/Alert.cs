namespace Tollgate.Accounting.Alerts;

/// <summary>An event that is reported once.</summary>
public sealed record Alert
{
    /// <summary>The identity, a UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// Identifies the event, whichever process notices it: of two alerts with the same key, the first is kept.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The kind of event.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>The subject, such as a limit's name or <c>openai/gpt-4o</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>A description of the event, in one or two sentences. Contains no prompt and no key.</summary>
    public required string Text { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>For a limit, which one and how far it is spent; otherwise null.</summary>
    public LimitCrossing? Crossing { get; init; }
}
