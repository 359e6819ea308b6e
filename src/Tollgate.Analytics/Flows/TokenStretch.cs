namespace Tollgate.Analytics.Flows;

/// <summary>Buckets one after the other with the same tokens each.</summary>
/// <param name="Start">When the first begins, in UTC.</param>
/// <param name="Buckets">How many there are.</param>
/// <param name="Tokens">The tokens of each.</param>
public readonly record struct TokenStretch(DateTimeOffset Start, long Buckets, TokenAmount Tokens);
