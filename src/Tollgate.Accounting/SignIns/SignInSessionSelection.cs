namespace Tollgate.Accounting.SignIns;

/// <summary>Selects sessions. Null selects all.</summary>
public sealed record SignInSessionSelection
{
    /// <summary>The exact name of the account.</summary>
    public string? Account { get; init; }

    /// <summary>Only sessions that have not ended, and that expire after this time.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    /// <summary>Only sessions that were last used after this time.</summary>
    public DateTimeOffset? SeenAfter { get; init; }

    /// <summary>Only sessions older than the one with this identity, for the next page.</summary>
    public Guid? Before { get; init; }

    /// <summary>The maximum number of sessions, from 1 on.</summary>
    public int Limit { get; init; } = 100;
}
