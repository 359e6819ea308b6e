using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Tests.Statistics;

public class NumericsTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0x408f276du,
        0x41c83b0eu,
        0xa20bc7c6u,
        0x6d5451fdu
    )]
    [InlineData(
        0x243f6a88u,
        0x85a308d3u,
        0x13198a2eu,
        0x03707344u,
        0xa4093822u,
        0x299f31d0u,
        0xd16cfe09u,
        0x94fdccebu,
        0x5001e420u,
        0x24126ea1u
    )]
    public void Philox_gives_the_published_vectors(
        uint c0,
        uint c1,
        uint c2,
        uint c3,
        uint key0,
        uint key1,
        uint x0,
        uint x1,
        uint x2,
        uint x3
    )
    {
        Philox.At((ulong)key1 << 32 | key0, c0, c1, c2, c3).ShouldBe((x0, x1, x2, x3));
    }

    [Fact]
    public void Philox_in_lanes_gives_the_words_of_single_counters()
    {
        var words = new uint[64];
        PhiloxBatch.Fill(0x123456789abcdef0, new PhiloxCounter(7, 8, 90, StreamKind.ResampleThrows), words);

        var expected = Enumerable
            .Range(0, 16)
            .SelectMany(i =>
            {
                var (a, b, c, d) = Philox.At(0x123456789abcdef0, 7, 8, 90 + (uint)i, (uint)StreamKind.ResampleThrows);
                return new[] { a, b, c, d };
            });
        words.Order().ShouldBe(expected.Order());
    }

    [Fact]
    public void Uniform_numbers_never_touch_an_end()
    {
        Philox.Uniform(0, 0).ShouldBeGreaterThan(0);
        Philox.Uniform(uint.MaxValue, uint.MaxValue).ShouldBeLessThan(1);
        Philox.Uniform(uint.MaxValue, uint.MaxValue).ShouldBe(1 - Philox.Uniform(0, 0));
    }

    [Fact]
    public void Exponential_and_logarithm_are_within_an_ulp_or_two_of_the_library()
    {
        var random = new RandomStream(3, StreamKind.Sample);
        for (var i = 0; i < 100_000; i++)
        {
            var x = (random.NextUniform() - 0.5) * 1400;
            Elementary.Exp(x).ShouldAgree(Math.Exp(x), 5e-16, $"exp({x:R})");
            var y = Math.Exp(x);
            if (Math.Abs(x) > 0.01)
                Elementary.Log(y).ShouldAgree(Math.Log(y), 5e-16, $"log({y:R})");
            var near = random.NextUniform() * 1.5 + 0.25;
            Elementary.Log(near).ShouldAgree(Math.Log(near), 5e-16, $"log({near:R})");
        }
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-800, 0)]
    [InlineData(0, 1)]
    public void Exponential_has_the_right_ends(double x, double expected) => Elementary.Exp(x).ShouldBe(expected);

    [Theory]
    [InlineData(-1, double.NaN)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(1, 0)]
    public void Logarithm_has_the_right_ends(double x, double expected) => Elementary.Log(x).ShouldBe(expected);

    [Fact]
    public void Logarithm_of_a_subnormal_number_is_right() =>
        Elementary.Log(5e-324).ShouldAgree(Math.Log(5e-324), 1e-15, "log");

    [Fact]
    public void Whole_spans_of_normal_quantiles_are_those_of_single_ones()
    {
        var random = new RandomStream(5, StreamKind.Sample);
        var values = new double[1003];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform();
        (values[2], values[9]) = (1e-14, 1 - 1e-13);
        var single = Array.ConvertAll(values, StandardNormal.Quantile);

        StandardNormal.Quantiles(values);

        values.ShouldBe(single);
    }

    [Fact]
    public void Special_functions_agree_with_scipy()
    {
        foreach (var entry in Expected.Get("special").EnumerateArray())
        {
            var a = entry.Numbers("arguments");
            var name = entry.Text("name");
            var (actual, tolerance) = name switch
            {
                "logGamma" => (GammaFunctions.LogGamma(a[0]), 1e-13),
                "digamma" => (GammaFunctions.Digamma(a[0]), 1e-12),
                "trigamma" => (GammaFunctions.Trigamma(a[0]), 1e-12),
                "normalCumulative" => (StandardNormal.Cumulative(a[0]), 1e-13),
                "normalQuantile" => (StandardNormal.Quantile(a[0]), 1e-13),
                "gammaLower" => (GammaFunctions.Regularized(a[0], a[1]).Lower, 1e-11),
                "gammaUpper" => (GammaFunctions.Regularized(a[0], a[1]).Upper, 1e-9),
                "gammaInverse" => (GammaFunctions.InverseLower(a[0], a[1]), 1e-11),
                "betaCumulative" => (BetaFunctions.Regularized(a[0], a[1], a[2]), 1e-11),
                "betaInverse" => (BetaFunctions.Inverse(a[0], a[1], a[2]), 1e-10),
                _ => throw new InvalidOperationException(name),
            };
            var expected = entry.Number("value");
            if (Math.Abs(expected) < 1e-290 || Math.Abs(actual - expected) < 1e-15)
                continue;
            actual.ShouldAgree(expected, tolerance, $"{name}({string.Join(", ", a)})");
        }
    }

    [Fact]
    public void Gamma_variates_have_the_moments_of_their_shape()
    {
        var random = new RandomStream(11, StreamKind.Sample);
        const int Count = 200_000;
        double sum = 0,
            squares = 0;
        for (var i = 0; i < Count; i++)
        {
            var value = random.NextGamma(3);
            sum += value;
            squares += value * value;
        }

        (sum / Count).ShouldBe(3, 5 * Math.Sqrt(3.0 / Count));
        (squares / Count).ShouldBe(12, 5 * Math.Sqrt(216.0 / Count));
    }

    [Fact]
    public void Sums_are_the_same_as_lane_by_lane()
    {
        var random = new RandomStream(13, StreamKind.Sample);
        var values = new double[1029];
        foreach (ref var value in values.AsSpan())
            value = Math.Exp(20 * random.NextUniform());
        var lanes = new double[8];
        for (var i = 0; i < 1024; i++)
            lanes[i % 8] += values[i] - 7;
        var expected = lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
        for (var i = 1024; i < values.Length; i++)
            expected += values[i] - 7;

        OrderedSum.OfDistances(values, 7).ShouldBe(expected);
    }
}
