namespace Tollgate.Accounting.AuditTrail;

/// <summary>Selects entries of the audit trail. Null selects all.</summary>
public sealed record AuditTrailSelection
{
    /// <summary>The first time (inclusive).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end (exclusive).</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The exact actor.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The exact action, such as <c>key.create</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The exact target.</summary>
    public string? Target { get; init; }

    /// <summary>Only entries older than the one with this identity, for the next page.</summary>
    public Guid? Before { get; init; }

    /// <summary>The maximum number of entries, from 1 on.</summary>
    public int Limit { get; init; } = 100;
}
