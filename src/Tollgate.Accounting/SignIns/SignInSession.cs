namespace Tollgate.Accounting.SignIns;

/// <summary>One sign-in of a person, from its start until it ends or expires. Times are to the microsecond.</summary>
public sealed record SignInSession
{
    /// <summary>The maximum length of <see cref="Account"/>, <see cref="Address"/> and <see cref="Agent"/>, in
    /// characters.</summary>
    public const int MaxTextLength = 256;

    /// <summary>The identity (UUIDv7), in the order of time; the claim <c>sid</c> of access tokens.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name of the account.</summary>
    public required string Account { get; init; }

    /// <summary>The client that it is for.</summary>
    public required SignInKind Kind { get; init; }

    /// <summary>The SHA-256 of its current secret, 64 lower-case hexadecimal digits.</summary>
    public required string SecretHash { get; init; }

    /// <summary>The proof by which the person signed in.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to the minute: not every use is recorded.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>From when on it is no longer accepted, however often it is used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was ended; null if it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was ended, such as <c>signed_out</c>; null if it was not.</summary>
    public string? EndReason { get; init; }

    /// <summary>The network address of the client when it began; null if unknown.</summary>
    public string? Address { get; init; }

    /// <summary>The client's description of itself (<c>User-Agent</c>) when it began; null if it sent none.</summary>
    public string? Agent { get; init; }

    /// <summary>True unless it has ended or expired at a given time.</summary>
    public bool IsLiveAt(DateTimeOffset time) => EndedAt is null && time < ExpiresAt;

    /// <summary>Returns its identity and account only, so that a logged record does not reveal more.</summary>
    public override string ToString() => $"{Account} ({Id:N})";
}
