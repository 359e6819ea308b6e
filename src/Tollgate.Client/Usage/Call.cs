namespace Tollgate.Client.Usage;

/// <summary>An attempt of a call.</summary>
public sealed record Call
{
    /// <summary>The id of the call.</summary>
    public Guid CallId { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The duration in seconds.</summary>
    public decimal DurationS { get; init; }

    /// <summary>The provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The model that the provider was asked for.</summary>
    public string Model { get; init; } = "";

    /// <summary>The tokens.</summary>
    public TokenCounts Tokens { get; init; } = new();

    /// <summary>The cost in US dollars; null if it is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The outcome, such as <c>completed</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>True if it failed.</summary>
    public bool IsError { get; init; }

    /// <summary>The names that it was recorded under.</summary>
    public CallAttribution Attribution { get; init; } = new();
}

/// <summary>The names that a call was recorded under.</summary>
public sealed record CallAttribution
{
    /// <summary>The id of the virtual key.</summary>
    public string? KeyId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session.</summary>
    public string? Session { get; init; }

    /// <summary>The application.</summary>
    public string? Application { get; init; }
}
