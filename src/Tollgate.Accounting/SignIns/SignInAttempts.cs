namespace Tollgate.Accounting.SignIns;

/// <summary>The counted attempts to sign in to one account, or from one address.</summary>
/// <param name="Count">Their number since the counter was last cleared or restarted.</param>
/// <param name="FirstAt">The time of the first of them.</param>
/// <param name="LastAt">The time of the last of them.</param>
/// <param name="PreviousAt">The time of the one before it; null if there is none.</param>
public sealed record SignInAttempts(
    int Count,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    DateTimeOffset? PreviousAt
);
