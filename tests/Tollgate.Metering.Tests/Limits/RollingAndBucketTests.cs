using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Tests.Limits;

public sealed class RollingAndBucketTests
{
    private const long Minute = 60_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_stretch_of_the_windows_length_escapes_its_parts(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var window = new RollingWindow(
                TimeSpan.FromMicroseconds(random.NextInt64(1_000_000, 40 * 24 * 60 * Minute))
            );
            var length = window.Length.Ticks / TimeSpan.TicksPerMicrosecond;
            var now = random.NextInt64(4_000_000_000_000_000);
            var oldest = window.GetOldestPart(now);

            (window.PartMicros * RollingWindow.Parts).ShouldBeGreaterThanOrEqualTo(length);
            // What happened just within the window is counted, and what is a part older is not.
            window.GetPart(now - length + 1).ShouldBeGreaterThanOrEqualTo(oldest);
            window.GetPart(now - length - window.PartMicros).ShouldBeLessThan(oldest);
            // A part is counted up to the moment at which it leaves, and not then.
            var part = window.GetPart(now);
            window.GetOldestPart(window.ExpiresAt(part) - 1).ShouldBeLessThanOrEqualTo(part);
            window.GetOldestPart(window.ExpiresAt(part)).ShouldBeGreaterThan(part);
        }
    }

    [Fact]
    public void A_bucket_holds_no_more_than_its_burst_and_fills_evenly()
    {
        var bucket = default(BucketLevel).Take(60, Minute);
        bucket.Available(60, Minute).ShouldBe(0);

        bucket = bucket.LevelAt(Minute / 2, 60);
        bucket.Available(60, Minute).ShouldBe(30);
        bucket.GetWaitMicros(31, 60, 60, Minute).ShouldBe(Minute / 60);
        bucket.LevelAt(100 * Minute, 60).Available(60, Minute).ShouldBe(60);
        bucket.GetWaitMicros(61, 60, 60, Minute).ShouldBeNull("it never holds so much");
    }

    [Fact]
    public void Looking_often_neither_loses_nor_makes_anything()
    {
        var random = new Random(7);
        var often = new BucketLevel(0, 0).Take(1000, Minute);
        var once = often;
        long now = 0;
        while (now < 3 * Minute)
        {
            now += random.Next(1, 5000);
            often = often.LevelAt(now, 7);
        }

        often.ShouldBe(once.LevelAt(now, 7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_wait_that_is_named_is_enough_and_a_microsecond_less_is_not(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            Int128 inflow = random.Next(1, 100_000);
            Int128 burst = random.Next(1, 100_000);
            var period = random.NextInt64(1, 24 * 60 * Minute);
            var bucket = new BucketLevel(0, 0).Take(random.Next(200_000), period);
            Int128 asked = random.Next(1, (int)burst + 1);

            var wait = bucket.GetWaitMicros(asked, burst, inflow, period)!.Value;

            bucket.LevelAt(wait, inflow).Available(burst, period).ShouldBeGreaterThanOrEqualTo(asked);
            if (wait > 0)
                bucket.LevelAt(wait - 1, inflow).Available(burst, period).ShouldBeLessThan(asked);
        }
    }
}
