namespace Tollgate.Analytics.Flows.Generation;

/// <summary>A kind of flow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">The median of its duration.</param>
/// <param name="TokensIn">The median of its input tokens for one call.</param>
/// <param name="MostCalls">The most calls that it makes.</param>
internal sealed record FlowType(string Name, double Seconds, double TokensIn, int MostCalls);
