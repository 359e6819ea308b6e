namespace Tollgate.Client.Keys;

/// <summary>A virtual key, without its secret.</summary>
public sealed record VirtualKey
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The beginning of the secret, by which people recognize it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The user that it is bound to; null if it is not.</summary>
    public string? User { get; init; }

    /// <summary>The project that it is bound to; null if it is not.</summary>
    public string? Project { get; init; }

    /// <summary>The team; null if it has none.</summary>
    public string? Team { get; init; }

    /// <summary><c>active</c>, <c>expired</c>, or <c>revoked</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A new key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">The secret, which is not returned again.</param>
public sealed record IssuedKey(VirtualKey Key, string Secret);

/// <summary>A key to be created.</summary>
/// <param name="Name">The name.</param>
public sealed record NewKey(string Name)
{
    /// <summary>The user to bind it to; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The project to bind it to; null for none.</summary>
    public string? Project { get; init; }

    /// <summary>The team; null for none.</summary>
    public string? Team { get; init; }

    /// <summary>The models that it may call; null for all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The maximum spending in US dollars; null for none.</summary>
    public decimal? MaxBudget { get; init; }

    /// <summary>The window of the budget, such as 30d; null for a total.</summary>
    public string? BudgetDuration { get; init; }
}
