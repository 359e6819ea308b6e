using Tollgate.Metering.Limits;

namespace Tollgate.Metering.Tests.Limits;

public class LimitTargetTests
{
    [Fact]
    public void A_limit_with_one_counter_has_an_empty_target()
    {
        new LimitTarget("").ShouldBe(default);
        default(LimitTarget).Key.ShouldBe("");
        default(LimitTarget).IsEmpty.ShouldBeTrue();
        default(LimitTarget).Values.ShouldBeEmpty();
        default(LimitTarget).ToPhrase().ShouldBe("");
    }

    [Fact]
    public void Values_survive_the_stored_form_and_are_shown_with_slashes()
    {
        var target = default(LimitTarget).Add("ann").Add("a/b");
        target.Key.ShouldBe("ann\na/b");
        new LimitTarget(target.Key).ShouldBe(target);
        target.Values.ShouldBe(["ann", "a/b"]);
        target.ToPhrase().ShouldBe(" of 'ann/a/b'");
    }
}
