using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Tests.Statistics;

public class RiskMeasureTests
{
    private static readonly double[] OneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Theory]
    [InlineData(0.9, 9, 10)]
    [InlineData(0.8, 8, 9.5)]
    [InlineData(0.85, 9, 9 + 1 / 1.5)] // The worst 1.5 of ten: all of 10 and half of 9.
    [InlineData(0.95, 10, 10)]
    [InlineData(0.1, 1, 6)]
    [InlineData(0.7, 7, 9)]
    public void Tail_risks_are_exact_by_their_definitions(double level, double valueAtRisk, double conditional)
    {
        RiskMeasures.ValueAtRisk(OneToTen, level).ShouldBe(valueAtRisk);
        RiskMeasures.ConditionalValueAtRisk(OneToTen, level).ShouldBe(conditional, 1e-12);
    }

    [Fact]
    public void Conditional_value_at_risk_is_the_mean_of_the_tail_of_a_known_law()
    {
        // Of an exponential law with mean 1 the value at risk is log 20 and what lies above it is 1 more on average.
        var values = new double[200_000];
        for (var i = 0; i < values.Length; i++)
            values[i] = new Exponential(1).Quantile((i + 0.5) / values.Length);

        RiskMeasures.ValueAtRisk(values, 0.95).ShouldBe(Math.Log(20), 1e-3);
        RiskMeasures.ConditionalValueAtRisk(values, 0.95).ShouldBe(Math.Log(20) + 1, 1e-3);
    }

    [Fact]
    public void Moments_and_percentiles_agree_with_numpy_and_scipy()
    {
        var expected = Expected.Get("moments");
        var values = expected.Numbers("values");
        var moments = Moments.FromSample(values);
        var sorted = values.Order().ToArray();

        moments.Mean.ShouldAgree(expected.Number("mean"), 1e-13, "mean");
        moments.StandardDeviation.ShouldAgree(expected.Number("standardDeviation"), 1e-12, "deviation");
        moments.Skewness!.Value.ShouldAgree(expected.Number("skewness"), 1e-11, "skewness");
        moments.Kurtosis!.Value.ShouldAgree(expected.Number("kurtosis"), 1e-11, "kurtosis");
        Enumerable
            .Range(1, 99)
            .Select(p => RiskMeasures.Percentile(sorted, p))
            .ToArray()
            .ShouldBe(expected.Numbers("percentiles"), 1e-12);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Refuses_a_percentile_that_is_none(double percentile)
    {
        Should
            .Throw<InvalidInputException>(() => RiskMeasures.Percentile(OneToTen, percentile))
            .Message.ShouldStartWith("percentile: must be from 0 to 100, but is");
    }

    [Fact]
    public void Refuses_samples_that_are_none()
    {
        Should
            .Throw<InvalidInputException>(() => Moments.FromSample([]))
            .Message.ShouldBe("values: has 0 values, but needs at least 1");
        Should
            .Throw<InvalidInputException>(() => Moments.FromSample([1, double.PositiveInfinity]))
            .Message.ShouldStartWith("values[1]: must be a finite number");
        Should
            .Throw<InvalidInputException>(() => RiskMeasures.ValueAtRisk(OneToTen, 1))
            .Message.ShouldBe("level: must be above 0 and below 1, but is 1");
    }

    [Theory]
    [Trait("Needs", "Time")]
    [InlineData(20)]
    [InlineData(300)]
    public void Bootstrap_intervals_cover_the_truth_about_as_often_as_they_say(int size)
    {
        const int Runs = 1000;
        var law = new Normal(10, 2);
        var median = 0;
        var mean = 0;
        var sample = new double[size];
        for (var run = 0; run < Runs; run++)
        {
            law.Sample((ulong)run, sample);
            if (Holds(Bootstrap.ForMean(sample, 400, 0.95, (ulong)run), 10))
                mean++;
            if (Holds(Bootstrap.ForPercentile(sample, 50, 400, 0.95, (ulong)run), 10))
                median++;
        }

        // Percentile intervals of a small sample are known to be a little narrow: at n = 20 they hold 92 to 93 %.
        ((double)mean / Runs).ShouldBeInRange(size == 20 ? 0.90 : 0.93, 0.97);
        ((double)median / Runs).ShouldBeInRange(size == 20 ? 0.90 : 0.925, 0.975);
    }

    [Fact]
    public void Bootstrap_of_a_percentile_follows_the_law_of_plain_resampling()
    {
        var sample = new double[101];
        new Exponential(1).Sample(5, sample);
        var sorted = sample.Order().ToArray();
        var random = new RandomStream(77, StreamKind.Sample);
        var plain = new double[4000];
        var resample = new double[sample.Length];
        for (var r = 0; r < plain.Length; r++)
        {
            for (var i = 0; i < resample.Length; i++)
                resample[i] = sample[random.NextIndex(sample.Length)];
            Array.Sort(resample);
            plain[r] = RiskMeasures.Percentile(resample, 95);
        }
        var drawn = Tollgate
            .Analytics.Statistics.Resampling.OrderStatisticResamples.Draw(101, [0.95], plain.Length, 1)[0]
            .Select(rank => rank.GetQuantile(sorted))
            .Order()
            .ToArray();
        Array.Sort(plain);

        Distance(plain, drawn).ShouldBeLessThan(1.63 * Math.Sqrt(2.0 / plain.Length));
    }

    [Fact]
    public void Two_quantiles_between_the_same_two_values_are_drawn_as_one_place()
    {
        var ranks = Tollgate.Analytics.Statistics.Resampling.OrderStatisticResamples.Draw(2, [0.5, 0.95], 500, 4);

        for (var i = 0; i < 500; i++)
            (ranks[1][i].Below, ranks[1][i].Above).ShouldBe((ranks[0][i].Below, ranks[0][i].Above));
        // Both of two draws are the lower value, or both the higher one, in a quarter of the resamples each.
        ranks[0].Count(rank => rank is { Below: 0, Above: 0 }).ShouldBeInRange(90, 160);
        ranks[0].Count(rank => rank is { Below: 0, Above: 1 }).ShouldBeInRange(205, 295);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(256)]
    [InlineData(700)]
    public void Bootstrap_of_a_mean_follows_the_law_of_plain_resampling(int size)
    {
        var sample = new double[(size + 255) / 256 * 256];
        new Exponential(1).Sample(6, sample.AsSpan(0, size));
        var random = new RandomStream(78, StreamKind.Sample);
        var plain = new double[4000];
        for (var r = 0; r < plain.Length; r++)
        {
            for (var i = 0; i < size; i++)
                plain[r] += sample[random.NextIndex(size)];
            plain[r] /= size;
        }
        var drawn = Tollgate.Analytics.Statistics.Resampling.SharedResamples.Means([sample], size, plain.Length, 2, 1)[
            0
        ];
        Array.Sort(plain);
        Array.Sort(drawn);

        Distance(plain, drawn).ShouldBeLessThan(1.63 * Math.Sqrt(2.0 / plain.Length));
    }

    [Fact]
    public void Every_resample_has_as_many_draws_as_the_sample()
    {
        var ones = new double[1024];
        ones.AsSpan(0, 1000).Fill(1);

        Tollgate
            .Analytics.Statistics.Resampling.SharedResamples.Means([ones], 1000, 200, 3, 2)[0]
            .ShouldAllBe(mean => mean == 1);
    }

    /// <summary>The statistic of Kolmogorov and Smirnov for two sorted samples of the same length.</summary>
    private static double Distance(double[] first, double[] second)
    {
        int i = 0,
            j = 0,
            most = 0;
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
                i++;
            while (j < second.Length && second[j] <= value)
                j++;
            most = Math.Max(most, Math.Abs(i - j));
        }
        return (double)most / first.Length;
    }

    private static bool Holds(Interval interval, double value) => interval.Low <= value && value <= interval.High;
}
