using System.Runtime.CompilerServices;
using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Simulation;

/// <summary>The usage of one account and month in each trial of a block: one column per number.</summary>
internal sealed class TrialUsage(int size)
{
    public int Month { get; set; }

    public int Users { get; set; }

    public double[] Requests { get; } = new double[size];

    public double[] Input { get; } = new double[size];

    public double[] Cached { get; } = new double[size];

    public double[] Output { get; } = new double[size];

    /// <summary>While users are being added up: successful tokens; afterward, the share.</summary>
    public double[] Success { get; } = new double[size];

    public double[] Congestion { get; } = new double[size];

    public UsageMonth this[int trial] =>
        new()
        {
            Month = Month,
            Users = Users,
            Requests = Requests[trial],
            InputTokens = Input[trial],
            CachedInputTokens = Cached[trial],
            OutputTokens = Output[trial],
            SuccessShare = Success[trial],
            Congestion = Congestion[trial],
        };

    public void Clear()
    {
        Users = 0;
        Requests.AsSpan().Clear();
        Input.AsSpan().Clear();
        Cached.AsSpan().Clear();
        Output.AsSpan().Clear();
        Success.AsSpan().Clear();
    }

    /// <summary>Adds one user's month, whose success is a share, to these sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TrialUsage user)
    {
        Users += user.Users;
        for (var i = 0; i < Requests.Length; i++)
        {
            Requests[i] += user.Requests[i];
            Input[i] += user.Input[i];
            Cached[i] += user.Cached[i];
            Output[i] += user.Output[i];
            Success[i] += user.Success[i] * Weight(user, i);
        }
    }

    /// <summary>Turns successful tokens into their share, weighted by tokens.</summary>
    public void CloseSums()
    {
        for (var i = 0; i < Success.Length; i++)
        {
            var weight = Weight(this, i);
            Success[i] = weight > 0 ? Math.Min(1, Success[i] / weight) : 1;
        }
    }

    private static double Weight(TrialUsage usage, int trial) => usage.Input[trial] + usage.Output[trial];
}
