namespace Tollgate.Analytics.Flows;

/// <summary>Consecutive buckets with the same number of tokens each.</summary>
/// <param name="Start">When the first starts, in UTC.</param>
/// <param name="Buckets">Their number.</param>
/// <param name="Tokens">The tokens of each.</param>
public readonly record struct TokenRun(DateTimeOffset Start, long Buckets, TokenAmount Tokens);
