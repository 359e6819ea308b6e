namespace Tollgate.Analytics.Flows;

/// <summary>The tokens of one time bucket.</summary>
/// <param name="Start">When it starts, in UTC.</param>
/// <param name="Tokens">The tokens that flows used in it.</param>
public readonly record struct BucketTokens(DateTimeOffset Start, TokenAmount Tokens);
