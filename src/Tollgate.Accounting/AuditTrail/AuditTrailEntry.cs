namespace Tollgate.Accounting.AuditTrail;

/// <summary>One change to the configuration or the data, and who made it. Entries are never changed.</summary>
public sealed record AuditTrailEntry
{
    /// <summary>The identity (UUIDv7), in the order of time; a duplicate is stored once.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was done, to the microsecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The actor.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The action, such as <c>key.create</c>: a noun, a period and a verb.</summary>
    public required string Action { get; init; }

    /// <summary>The id or name of what it was done to, such as a key's id; never a secret.</summary>
    public required string Target { get; init; }

    /// <summary>The target before, as JSON; null if it did not exist or has no such state. Never a secret.</summary>
    public string? Before { get; init; }

    /// <summary>The target after, as JSON; null if it no longer exists. Never a secret.</summary>
    public string? After { get; init; }
}
