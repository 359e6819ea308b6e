namespace Tollgate.Operations.Limits;

/// <summary>The limits, and the problems of entries that cannot be read.</summary>
/// <param name="Limits">The limits.</param>
/// <param name="Problems">The problems.</param>
public sealed record LimitList(IReadOnlyList<LimitDetails> Limits, IReadOnlyList<string> Problems);

/// <summary>The usage of limits, and the problems of entries that cannot be read.</summary>
/// <param name="Limits">The usage.</param>
/// <param name="Problems">The problems.</param>
public sealed record LimitUsageList(IReadOnlyList<LimitUsage> Limits, IReadOnlyList<string> Problems);
