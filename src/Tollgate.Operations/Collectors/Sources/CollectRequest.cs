namespace Tollgate.Operations.Collectors.Sources;

/// <summary>The providers' own reports to collect.</summary>
public sealed record CollectRequest
{
    /// <summary>All providers that have a key.</summary>
    public const string AllProviders = "all";

    /// <summary><c>openai</c>, <c>anthropic</c>, <c>google</c>, or <see cref="AllProviders"/>.</summary>
    public required string Provider { get; init; }

    /// <summary>The first day, in UTC.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first day after the last, in UTC; at most ten years after the first.</summary>
    public required DateOnly To { get; init; }

    /// <summary>
    /// Returns the value of a variable that holds a key or an address; null if it is not set.
    /// </summary>
    public required Func<string, string?> FindVariable { get; init; }

    /// <summary>A base address that takes precedence over the variables; null for none.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The Google Cloud project; null for that of the variables.</summary>
    public string? Project { get; init; }

    /// <summary>The path of Google's billing export, which is read instead of calling the API; null for none.</summary>
    public string? BillingExport { get; init; }

    /// <summary>The delay before a failed request is first retried.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
