using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Numerics;
using Tollgate.Analytics.Statistics.Resampling;

namespace Tollgate.Analytics.Tests.Statistics;

/// <summary>Differences of quantiles in shared resamples, against resampling trial by trial.</summary>
public class PairedQuantileTests
{
    [Theory]
    [Trait("Needs", "Time")]
    [InlineData(23, 0.5)]
    [InlineData(23, 0.95)]
    [InlineData(700, 0.5)]
    [InlineData(700, 0.95)]
    [InlineData(3000, 0.5)]
    public void Differences_follow_the_law_of_plain_paired_resampling(int size, double probability)
    {
        const int resamples = 4000;
        var columns = Columns(size, 7);
        var (one, other) = (
            Drawn(columns, size, probability, resamples, 0),
            Drawn(columns, size, probability, resamples, 1)
        );
        var drawn = one.Zip(other, static (a, b) => a - b).Order().ToArray();
        var plain = Plain(columns, size, probability, resamples);

        // Kolmogorov and Smirnov's distance of two samples of 4000: above 0.044 once in 2000 where both have one law.
        Distance(drawn, plain).ShouldBeLessThan(0.044);
        // And were they not paired, they would lie further apart.
        var unpaired = one.Zip(other.Skip(1).Append(other[0]), static (a, b) => a - b).Order().ToArray();
        Distance(unpaired, plain).ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Values_of_the_same_size_and_columns_that_do_not_vary_are_no_exception()
    {
        // Six of ten values are the same, the median among them at the end of the window; the other column never
        // changes.
        const int size = 500;
        var stream = new RandomStream(3, StreamKind.Sample);
        double[] tied = [.. Enumerable.Range(0, size).Select(_ => Math.Max(0, Math.Round(stream.NextNormal(), 1)))];
        double[][] columns = [tied, [.. Enumerable.Repeat(5.0, size)]];

        Drawn(columns, size, 0.5, 2000, 1).ShouldAllBe(static value => value == 5);
        Distance(
                [.. Drawn(columns, size, 0.5, 2000, 0).Select(static value => value - 5).Order()],
                Plain(columns, size, 0.5, 2000)
            )
            .ShouldBeLessThan(0.06);
    }

    [Fact]
    public void Columns_that_differ_by_an_amount_differ_by_it_in_every_resample()
    {
        var column = Columns(2000, 11)[0];
        double[][] columns = [column, [.. column.Select(static value => value + 2)]];

        var differences = Drawn(columns, 2000, 0.95, 500, 1)
            .Zip(Drawn(columns, 2000, 0.95, 500, 0), static (a, b) => a - b);

        differences.ShouldAllBe(static difference => Math.Abs(difference - 2) < 1e-12);
    }

    [Fact]
    [Trait("Needs", "Time")]
    public void Intervals_cover_the_true_difference_as_often_as_they_promise()
    {
        // Two lognormal columns with scores in common; the medians are 1 and e^0.2.
        const int rounds = 400;
        var (covered, truth) = (0, 1 - Math.Exp(0.2));
        for (var round = 0; round < rounds; round++)
        {
            var columns = Columns(400, (uint)(100 + round));
            double[] differences =
            [
                .. Drawn(columns, 400, 0.5, 400, 0).Zip(Drawn(columns, 400, 0.5, 400, 1), static (a, b) => a - b),
            ];
            var interval = Interval.FromResamples(differences, 0.95);
            if (interval.Low <= truth && truth <= interval.High)
                covered++;
        }

        ((double)covered / rounds).ShouldBeInRange(0.91, 0.985);
    }

    private static double[][] Columns(int size, uint sample)
    {
        var stream = new RandomStream(1, StreamKind.Sample, sample);
        var (first, second) = (new double[size], new double[size]);
        for (var trial = 0; trial < size; trial++)
        {
            var score = stream.NextNormal();
            (first[trial], second[trial]) = (
                Math.Exp(0.5 * score),
                Math.Exp(0.2 + (0.6 * score) + (0.15 * stream.NextNormal()))
            );
        }

        return [first, second];
    }

    private static double[] Drawn(double[][] columns, int size, double probability, int resamples, int column)
    {
        QuantileWindow[] windows =
        [
            .. columns.Select(values => QuantileWindow.Create(values, values.Order().ToArray(), probability)),
        ];
        return PairedQuantiles.Draw(columns, windows, size, new ResamplingPlan(resamples, 5, 2))[column];
    }

    /// <summary>The differences of both columns' quantiles, sorted.</summary>
    private static double[] Plain(double[][] columns, int size, double probability, int resamples)
    {
        var stream = new RandomStream(9, StreamKind.Sample);
        var differences = new double[resamples];
        var (first, second) = (new double[size], new double[size]);
        for (var resample = 0; resample < resamples; resample++)
        {
            for (var i = 0; i < size; i++)
            {
                var trial = stream.NextIndex(size);
                (first[i], second[i]) = (columns[0][trial], columns[1][trial]);
            }

            Array.Sort(first);
            Array.Sort(second);
            differences[resample] =
                RiskMeasures.Percentile(first, probability * 100) - RiskMeasures.Percentile(second, probability * 100);
        }

        Array.Sort(differences);
        return differences;
    }

    /// <summary>The largest difference of both shares up to a value.</summary>
    private static double Distance(double[] first, double[] second)
    {
        var (most, i, j) = (0.0, 0, 0);
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            // Sums of the same numbers may round apart.
            while (i < first.Length && first[i] <= value + 1e-9)
                i++;
            while (j < second.Length && second[j] <= value + 1e-9)
                j++;
            most = Math.Max(most, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return most;
    }
}
