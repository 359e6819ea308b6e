namespace Tollgate.Analytics.Flows;

/// <summary>The tokens of one bucket of time.</summary>
/// <param name="Start">When it begins, in UTC.</param>
/// <param name="Tokens">What flows used in it.</param>
public readonly record struct TokenBucket(DateTimeOffset Start, TokenAmount Tokens);
