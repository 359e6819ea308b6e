using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// Draws the usage of one user and month for a block of trials. Every number has its own counter, composed of trial,
/// user, month and purpose: no number depends on which others were drawn, or where.
/// </summary>
internal sealed class UsageSampler(Workload workload, ulong seed)
{
    /// <summary>The "user" of the numbers that apply to the month as a whole.</summary>
    private const uint Everybody = uint.MaxValue;

    /// <summary>The "month" of the numbers that apply to the user in every month.</summary>
    private const int EveryMonth = 0xffff;

    private const uint Tokens = 0;
    private const uint Requests = 1;
    private const uint Shares = 2;
    private const uint Congestion = 3;

    /// <summary>Fills the columns except congestion, which is the same for all users.</summary>
    public void Fill(TrialUsage columns, int firstTrial, int user, int month)
    {
        columns.Month = month;
        columns.Users = 1;
        if (workload.Observed is { } observed)
            Resample(observed, columns, firstTrial, user, month);
        else
        {
            DrawRequests(columns, firstTrial, user, month);
            DrawTokens(columns, firstTrial, user, month);
        }
        DrawShares(columns, firstTrial, user, month);
    }

    public void FillCongestion(TrialUsage columns, int firstTrial, int month) =>
        DrawShare(workload.Congestion, columns.Congestion, new DrawStream(firstTrial, Everybody, month, Congestion));

    private void DrawRequests(TrialUsage columns, int firstTrial, int user, int month)
    {
        if (workload.Requests is Constant constant)
            columns.Requests.AsSpan().Fill(constant.Value);
        else
        {
            PersistentUniforms(columns.Requests, [], new DrawStream(firstTrial, (uint)user, month, Requests));
            workload.Requests.FromUniforms(columns.Requests);
            NotNegative(columns.Requests);
        }
        Scale(columns.Requests, workload.GetFactor(month));
    }

    private void DrawTokens(TrialUsage columns, int firstTrial, int user, int month)
    {
        PersistentUniforms(columns.Input, columns.Output, new DrawStream(firstTrial, (uint)user, month, Tokens));
        workload.Dependence.Draw(columns.Input, workload.InputTokens, columns.Output, workload.OutputTokens);
        NotNegative(columns.Input);
        NotNegative(columns.Output);
        if (workload.TokensPer == TokenBasis.Request)
        {
            Multiply(columns.Input, columns.Requests);
            Multiply(columns.Output, columns.Requests);
        }
        else
        {
            Scale(columns.Input, workload.GetFactor(month));
            Scale(columns.Output, workload.GetFactor(month));
        }
    }

    private void Resample(ObservedUsage observed, TrialUsage columns, int firstTrial, int user, int month)
    {
        Uniforms(columns.Input, columns.Output, new DrawStream(firstTrial, (uint)user, month, Tokens));
        var factor = workload.GetFactor(month);
        for (var i = 0; i < columns.Input.Length; i++)
        {
            var drawn = (int)(columns.Input[i] * observed.InputTokens.Length);
            columns.Input[i] = observed.InputTokens[drawn] * factor;
            columns.Output[i] = observed.OutputTokens[drawn] * factor;
            columns.Requests[i] = (observed.Requests is { } requests ? requests[drawn] : 1) * factor;
            if (observed.CachedInputTokens is { } cached)
                columns.Cached[i] = cached[drawn] * factor;
            if (observed.SuccessShares is { } success)
                columns.Success[i] = success[drawn];
        }
    }

    private void DrawShares(TrialUsage columns, int firstTrial, int user, int month)
    {
        var stream = new DrawStream(firstTrial, (uint)user, month, Shares);
        if (workload.Observed?.CachedInputTokens is null)
        {
            DrawShare(workload.CacheHitRate, columns.Cached, stream);
            Multiply(columns.Cached, columns.Input);
        }
        if (workload.Observed?.SuccessShares is null)
            DrawShare(workload.SuccessRate, columns.Success, stream, second: true);
    }

    private void DrawShare(Distribution law, double[] values, in DrawStream stream, bool second = false)
    {
        if (law is Constant constant)
            values.AsSpan().Fill(constant.Value);
        else
        {
            Uniforms(second ? [] : values, second ? values : [], stream);
            law.FromUniforms(values);
            NotNegative(values);
        }
        foreach (ref var value in values.AsSpan())
            value = Math.Min(1, value);
    }

    /// <summary>Like <see cref="Uniforms"/>, but part of each number is the user's in every month.</summary>
    private void PersistentUniforms(Span<double> first, Span<double> second, in DrawStream stream)
    {
        Uniforms(first, second, stream);
        if (workload.Persistence == 0)
            return;
        var own = new double[first.Length + second.Length];
        Uniforms(own.AsSpan(0, first.Length), own.AsSpan(first.Length), stream with { Month = EveryMonth });
        Mix(first, own.AsSpan(0, first.Length));
        Mix(second, own.AsSpan(first.Length));
    }

    private void Mix(Span<double> months, Span<double> own)
    {
        StandardNormal.Quantiles(months);
        StandardNormal.Quantiles(own);
        var (share, rest) = (Math.Sqrt(workload.Persistence), Math.Sqrt(1 - workload.Persistence));
        for (var i = 0; i < months.Length; i++)
            months[i] = Math.Clamp(StandardNormal.Cumulative(share * own[i] + rest * months[i]), 1e-300, 1 - 1e-16);
    }

    /// <summary>Two numbers per trial; a span may be empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Uniforms(Span<double> first, Span<double> second, in DrawStream stream)
    {
        var (firstTrial, user) = (stream.FirstTrial, stream.User);
        var kind = (uint)StreamKind.Usage | stream.Purpose << 16 | (uint)stream.Month;
        var count = Math.Max(first.Length, second.Length);
        for (var i = 0; i < count; i++)
        {
            var (x0, x1, x2, x3) = Philox.At(seed, (uint)(firstTrial + i), user, 0, kind);
            if (i < first.Length)
                first[i] = Philox.Uniform(x0, x1);
            if (i < second.Length)
                second[i] = Philox.Uniform(x2, x3);
        }
    }

    private static void NotNegative(Span<double> values)
    {
        foreach (ref var value in values)
            value = Math.Max(0, value);
    }

    private static void Scale(Span<double> values, double factor)
    {
        if (factor == 1)
            return;
        foreach (ref var value in values)
            value *= factor;
    }

    private static void Multiply(Span<double> values, ReadOnlySpan<double> by)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] *= by[i];
    }

    /// <summary>The numbers of consecutive trials for one user, month, and purpose.</summary>
    private readonly record struct DrawStream(int FirstTrial, uint User, int Month, uint Purpose);
}
