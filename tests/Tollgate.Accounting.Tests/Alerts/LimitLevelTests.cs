using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Tests.Alerts;

public sealed class LimitLevelTests
{
    private static readonly LimitWindow Hour = new RollingWindow(TimeSpan.FromHours(1));

    [Theory]
    [InlineData(499, 0)]
    [InlineData(500, 50)]
    [InlineData(799, 50)]
    [InlineData(999, 80)]
    [InlineData(1000, 100)]
    [InlineData(5000, 100)]
    public void The_highest_threshold_counts_and_equality_reaches_it(int used, int expected) =>
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Hard, 80, 50, 100), 1000, used).ShouldBe(expected);

    [Fact]
    public void A_soft_limit_is_passed_by_more_than_its_amount_and_needs_no_threshold_for_it()
    {
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Soft), 1000, 1000).ShouldBe(0);
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Soft, 80, 100), 1000, 1000).ShouldBe(80);
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Soft), 1000, 1001).ShouldBe(100);
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Soft, 120), 1000, 1200).ShouldBe(120);
    }

    [Fact]
    public void Denying_and_shadow_limits_have_no_thresholds()
    {
        ThresholdLevel.ReachedPercent(CreateLimit(LimitMode.Hard, 50), 0, 10).ShouldBe(0);
        ThresholdLevel.HasThresholds(CreateLimit(LimitMode.Hard, 50) with { Amount = null }).ShouldBeFalse();
        ThresholdLevel.HasThresholds(CreateLimit(LimitMode.Hard)).ShouldBeFalse();
        ThresholdLevel.HasThresholds(CreateLimit(LimitMode.Soft)).ShouldBeTrue();
        ThresholdLevel
            .HasThresholds(CreateLimit(LimitMode.Hard, 50) with { Metric = LimitMetric.ConcurrentRequests })
            .ShouldBeFalse();
    }

    [Fact]
    public void A_correction_below_a_threshold_does_not_tell_the_lower_one_afterwards()
    {
        var told = new ThresholdLevel(80, 0);

        ThresholdLevel.Change(TotalWindow.Instance, told, 80, 50, UnixMicros.Never).ShouldBe(default);
    }

    [Fact]
    public void A_rolling_count_around_a_threshold_raises_one_alert_a_window_length()
    {
        var told = new ThresholdLevel(80, 0);
        var hour = 3_600_000_000L;

        ThresholdLevel.Change(Hour, told, 80, 50, new UnixMicros(hour - 1)).ShouldBe(default);
        ThresholdLevel.Change(Hour, told, 50, 80, new UnixMicros(hour - 1)).ShouldBe(default);
        ThresholdLevel.Change(Hour, told, 80, 80, new UnixMicros(hour)).ShouldBe(default);
        ThresholdLevel
            .Change(Hour, told, 80, 50, new UnixMicros(hour))
            .ShouldBe(new LevelChange(new ThresholdLevel(50, 0), 50, RaisesAlert: false));
        ThresholdLevel
            .Change(Hour, told, 0, 80, new UnixMicros(hour))
            .ShouldBe(new LevelChange(new ThresholdLevel(80, hour), 0, RaisesAlert: true));
    }

    private static Limit CreateLimit(LimitMode mode, params int[] thresholds) =>
        new()
        {
            Id = "l",
            Name = "l",
            Metric = LimitMetric.Requests,
            Window = TotalWindow.Instance,
            Amount = 1000,
            Mode = mode,
            AlertThresholds = [.. thresholds],
        };
}
