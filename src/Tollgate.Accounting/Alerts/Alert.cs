namespace Tollgate.Accounting.Alerts;

/// <summary>Something that somebody is to be told once.</summary>
public sealed record Alert
{
    /// <summary>Its identity, a UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// What makes it the same event, whoever notices it: of two alerts with one key the first is kept.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What it tells.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>What it is about, such as a limit's name or <c>openai/gpt-4o</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What happened, in one or two sentences. It holds no prompt and no key.</summary>
    public required string Text { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of a limit, which one and how far it is spent; else null.</summary>
    public LimitCrossing? Crossing { get; init; }
}
