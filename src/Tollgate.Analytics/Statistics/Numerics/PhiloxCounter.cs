namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>The four words that number a Philox result.</summary>
internal readonly record struct PhiloxCounter(uint First, uint Second, uint Third, StreamKind Kind);
