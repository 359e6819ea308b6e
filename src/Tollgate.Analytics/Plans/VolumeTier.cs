namespace Tollgate.Analytics.Plans;

/// <summary>The rates up to a volume.</summary>
/// <param name="UpTo">The volume in tokens a month up to which, included, the tier goes; null for the last.</param>
/// <param name="Rates">What tokens cost in it.</param>
public sealed record VolumeTier(double? UpTo, TokenRates Rates);
