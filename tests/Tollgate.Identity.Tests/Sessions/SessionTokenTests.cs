using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

public sealed class SessionTokenTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public void Contains_the_session_and_256_random_bits()
    {
        var token = SessionToken.Create(Id, out var hash);

        token.Length.ShouldBe(64);
        token.ShouldMatch("^[A-Za-z0-9_-]+$");
        SessionToken.TryParse(token, out var parsed).ShouldBeTrue();
        parsed.Id.ShouldBe(Id);
        parsed.Matches(hash).ShouldBeTrue();
        hash.ShouldMatch("^[0-9a-f]{64}$");
        SessionToken.Create(Id, out var other).ShouldNotBe(token);
        parsed.Matches(other).ShouldBeFalse();
    }

    [Fact]
    public void Does_not_parse_a_token_that_is_cut_anywhere()
    {
        var token = SessionToken.Create(Id, out _);

        for (var length = 0; length < token.Length; length++)
            SessionToken.TryParse(token[..length], out _).ShouldBeFalse();
        SessionToken.TryParse(token + "A", out _).ShouldBeFalse();
        SessionToken.TryParse(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Does_not_match_if_any_character_is_changed()
    {
        var token = SessionToken.Create(Id, out var hash);

        for (var place = 0; place < token.Length; place++)
            foreach (var character in "A_= \n\0é/+")
                if (token[place] != character)
                {
                    var changed = $"{token[..place]}{character}{token[(place + 1)..]}";
                    var matches = SessionToken.TryParse(changed, out var parsed) && parsed.Matches(hash);
                    (matches && parsed.Id == Id).ShouldBeFalse(changed);
                }
    }
}
