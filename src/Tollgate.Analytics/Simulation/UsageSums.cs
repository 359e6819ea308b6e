using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Simulation;

/// <summary>Sums of usage.</summary>
internal readonly record struct UsageSums(double Requests, double Input, double Cached, double Output)
{
    public static UsageSums FromColumns(TrialUsage usage, int trials) =>
        new(
            OrderedSum.OfDistances(usage.Requests.AsSpan(0, trials), 0),
            OrderedSum.OfDistances(usage.Input.AsSpan(0, trials), 0),
            OrderedSum.OfDistances(usage.Cached.AsSpan(0, trials), 0),
            OrderedSum.OfDistances(usage.Output.AsSpan(0, trials), 0)
        );

    public UsageSums Over(double count) => new(Requests / count, Input / count, Cached / count, Output / count);

    public static UsageSums operator +(UsageSums a, UsageSums b) =>
        new(a.Requests + b.Requests, a.Input + b.Input, a.Cached + b.Cached, a.Output + b.Output);
}
