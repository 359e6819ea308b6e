using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Usage;

public sealed class UsageFilterTests
{
    private static readonly UsageRecord Ada = new()
    {
        Id = new CallId(Guid.CreateVersion7(), 1),
        StartedAt = DateTimeOffset.UnixEpoch,
        Provider = "openai",
        Model = "gpt-4o",
        Operation = "chat",
        UsageSource = UsageSource.Reported,
        Outcome = CallOutcome.Completed,
        Attribution = new Attribution { KeyId = "key-1", User = "ada" },
        Cost = Money.Round(0.5m),
        Duration = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public void Null_in_a_set_means_that_a_record_has_none()
    {
        DimensionFilter.In(UsageDimension.Project, [null]).Matches(Ada).ShouldBeTrue();
        DimensionFilter.In(UsageDimension.Project, ["web"]).Matches(Ada).ShouldBeFalse();
        DimensionFilter.In(UsageDimension.Project, ["web", null]).Matches(Ada).ShouldBeTrue();
        DimensionFilter.NotIn(UsageDimension.Project, [null]).Matches(Ada).ShouldBeFalse();
        DimensionFilter.NotIn(UsageDimension.Project, ["web"]).Matches(Ada).ShouldBeTrue();
    }

    [Fact]
    public void An_empty_set_matches_nothing_and_its_opposite_everything()
    {
        var none = DimensionFilter.In(UsageDimension.User, []);
        none.IsNever.ShouldBeTrue();
        none.Matches(Ada).ShouldBeFalse();
        var all = DimensionFilter.NotIn(UsageDimension.User, []);
        all.IsNever.ShouldBeFalse();
        all.Matches(Ada).ShouldBeTrue();
        new UsageSelection { Where = [all, none] }.IsNever.ShouldBeTrue();
    }

    [Theory]
    [InlineData(UsageProperty.Error, false)]
    [InlineData(UsageProperty.Unpriced, false)]
    [InlineData(UsageProperty.Estimated, false)]
    [InlineData(UsageProperty.Streamed, false)]
    [InlineData(UsageProperty.Correction, false)]
    public void A_property_is_that_which_totals_count(UsageProperty property, bool has)
    {
        new PropertyFilter(property).Matches(Ada).ShouldBe(has);
        new PropertyFilter(property, Expected: false).Matches(Ada).ShouldBe(!has);
        var failed = Ada with
        {
            Outcome = CallOutcome.TimedOut,
            Cost = null,
            UsageSource = UsageSource.Estimated,
            Streamed = true,
        };
        new PropertyFilter(property).Matches(failed).ShouldBe(property != UsageProperty.Correction);
        var repriced = Ada with { Outcome = CallOutcome.Repriced, Corrects = failed.Id };
        new PropertyFilter(property)
            .Matches(repriced)
            .ShouldBe(property is UsageProperty.Unpriced or UsageProperty.Correction);
    }

    [Fact]
    public void Costs_and_durations_are_compared_inclusively()
    {
        new CostFilter(Money.Round(0.5m), Money.Round(0.5m)).Matches(Ada).ShouldBeTrue();
        new CostFilter(Money.Round(0.500000000001m), null).Matches(Ada).ShouldBeFalse();
        new CostFilter(null, null).Matches(Ada with { Cost = null }).ShouldBeFalse();
        new DurationFilter(TimeSpan.FromSeconds(2), null).Matches(Ada).ShouldBeTrue();
        new DurationFilter(null, TimeSpan.FromSeconds(1)).Matches(Ada).ShouldBeFalse();
    }

    [Fact]
    public void A_search_finds_a_text_in_any_name()
    {
        UsageFilter.Search("PT-4").Matches(Ada).ShouldBeTrue();
        UsageFilter.Search("AD").Matches(Ada).ShouldBeTrue();
        UsageFilter.Search("bob").Matches(Ada).ShouldBeFalse();
    }

    [Fact]
    public void A_reach_includes_the_usage_of_any_of_its_names()
    {
        UsageReach.Everything.Includes(Ada).ShouldBeTrue();
        UsageReach.Nothing.Includes(Ada).ShouldBeFalse();
        UsageReach.Limited(["key-1"], [], []).Includes(Ada).ShouldBeTrue();
        UsageReach.Limited(["key-2"], ["ada"], ["web"]).Includes(Ada).ShouldBeTrue();
        UsageReach.Limited(["key-2"], ["bob"], ["web"]).Includes(Ada).ShouldBeFalse();
        UsageReach.Everything.Restrict([]).ShouldBeEmpty();
        UsageReach.Nothing.Restrict([])[0].IsNever.ShouldBeTrue();
    }

    [Fact]
    public void Only_dimensions_of_rollups_are_served_by_them()
    {
        UsageReach.Limited(["a"], ["b"], ["c"]).Restrict([]).ShouldAllBe(static filter => filter.IsRolledUp);
        UsageFilter.Equal(UsageDimension.Session, "s").IsRolledUp.ShouldBeFalse();
        UsageFilter.Search("x").IsRolledUp.ShouldBeFalse();
        new PropertyFilter(UsageProperty.Error).IsRolledUp.ShouldBeFalse();
    }
}
