namespace Tollgate.Analytics.Flows.Generation;

/// <summary>A kind of flow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">The median of its duration.</param>
/// <param name="TokensIn">The median of its input tokens per call.</param>
/// <param name="MaxCalls">The maximum number of its calls.</param>
internal sealed record FlowType(string Name, double Seconds, double TokensIn, int MaxCalls);
