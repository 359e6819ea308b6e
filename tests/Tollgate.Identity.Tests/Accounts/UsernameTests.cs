using Tollgate.Identity.Accounts;

namespace Tollgate.Identity.Tests.Accounts;

public sealed class UsernameTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("  Alice ", "alice")]
    [InlineData("Ada.Lovelace+test@example.org", "ada.lovelace+test@example.org")]
    [InlineData("ZOE\u0308", "zo\u00eb")]
    [InlineData("Zo\u00cb", "zo\u00eb")]
    [InlineData("ИВАН_1", "иван_1")]
    [InlineData("日本-2", "日本-2")]
    public void Normalizes_names_that_people_consider_equal(string entered, string username)
    {
        Username.TryNormalize(entered, out var normalized).ShouldBeTrue();
        normalized.ShouldBe(username);
        Username.TryNormalize(normalized, out var again).ShouldBeTrue();
        again.ShouldBe(username);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("' OR 1=1--")]
    [InlineData("a\0b")]
    [InlineData("a\u200bb")]
    [InlineData("a\ud83d")]
    [InlineData("🙂")]
    public void Refuses_other_characters(string name) => Username.TryNormalize(name, out _).ShouldBeFalse();

    [Fact]
    public void Allows_1_to_64_characters()
    {
        Username.TryNormalize(new string('a', 64), out _).ShouldBeTrue();
        Username.TryNormalize(new string('a', 65), out _).ShouldBeFalse();
        Username.TryNormalize(new string('a', 10_000_000), out _).ShouldBeFalse();
    }
}
