namespace Tollgate.Accounting.Registry;

/// <summary>The properties of a virtual key that its creator chooses.</summary>
public abstract record VirtualKeyProperties
{
    /// <summary>The name of the key.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The user that all its usage is attributed to, whatever a request contains; null leaves it to the request.
    /// </summary>
    public string? User { get; init; }

    /// <summary>
    /// The project to which all its usage is attributed, whatever a request contains; null leaves it to the request.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>The team to which it belongs, for limits; calls have no such dimension.</summary>
    public string? Team { get; init; }

    /// <summary>The organization to which it belongs, for limits; calls have no such dimension.</summary>
    public string? Organization { get; init; }

    /// <summary>Free-form notes of its creator; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The only models or model groups it may call; null allows all.</summary>
    public IReadOnlyList<string>? AllowedModels { get; init; }

    /// <summary>The time from which it is no longer accepted; null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
