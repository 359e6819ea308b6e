using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Tests.Passwords;

public sealed class PasswordHasherTests : IDisposable
{
    private readonly PasswordHasher _hasher = new(new IdentityOptions { PasswordIterations = 1000 });

    public void Dispose() => _hasher.Dispose();

    [Fact]
    public void Hashes_with_at_least_the_rounds_that_OWASP_recommends() =>
        new IdentityOptions().PasswordIterations.ShouldBeGreaterThanOrEqualTo(210_000);

    [Fact]
    public async Task Verifies_a_password_however_its_accents_are_composed()
    {
        var hash = await _hasher.HashAsync("cafe\u0301 cafe\u0301 cafe\u0301");

        (await _hasher.VerifyAsync("caf\u00e9 caf\u00e9 caf\u00e9", hash)).ShouldBe(PasswordCheck.Correct);
        (await _hasher.VerifyAsync("cafe cafe cafe", hash)).ShouldBe(PasswordCheck.Wrong);
    }

    [Fact]
    public async Task Asks_for_a_new_hash_if_the_stored_one_has_fewer_rounds()
    {
        var weak = PasswordHash.Create("correct", 999).Export();
        var strong = PasswordHash.Create("correct", 1001).Export();

        (await _hasher.VerifyAsync("correct", weak)).ShouldBe(PasswordCheck.CorrectButOutdated);
        (await _hasher.VerifyAsync("wrong", weak)).ShouldBe(PasswordCheck.Wrong);
        (await _hasher.VerifyAsync("correct", strong)).ShouldBe(PasswordCheck.Correct);
    }

    [Fact]
    public async Task Accepts_no_password_for_an_account_that_does_not_exist()
    {
        (await _hasher.VerifyAsync("no account has this password", null)).ShouldBe(PasswordCheck.Wrong);
        (await _hasher.VerifyAsync("", null)).ShouldBe(PasswordCheck.Wrong);
    }

    [Fact]
    public async Task Does_not_hash_a_text_that_is_too_long_to_be_a_password()
    {
        var hash = PasswordHash.Create(new string('x', 1025), 1000).Export();
        var empty = PasswordHash.Create("", 1000).Export();

        (await _hasher.VerifyAsync(new string('x', 1025), hash)).ShouldBe(PasswordCheck.Wrong);
        (await _hasher.VerifyAsync(new string('x', 1_000_000), empty)).ShouldBe(PasswordCheck.Wrong);
    }

    [Fact]
    public async Task Refuses_more_passwords_than_may_wait()
    {
        using var hasher = new PasswordHasher(
            new IdentityOptions
            {
                PasswordIterations = 100_000,
                MaxHashings = 1,
                MaxWaitingHashings = 2,
            }
        );

        var checks = Enumerable.Range(0, 5).Select(_ => hasher.VerifyAsync("wrong", null)).ToList();

        var results = await Task.WhenAll(checks);
        results.Count(static result => result == PasswordCheck.Busy).ShouldBe(2);
        results.Take(3).ShouldAllBe(static result => result == PasswordCheck.Wrong);
        // The places are free again.
        (await hasher.HashAsync("next")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Frees_the_place_of_a_caller_that_no_longer_waits()
    {
        using var hasher = new PasswordHasher(
            new IdentityOptions
            {
                PasswordIterations = 100_000,
                MaxHashings = 1,
                MaxWaitingHashings = 1,
            }
        );
        using var gone = new CancellationTokenSource();
        var running = hasher.HashAsync("first");
        var waiting = hasher.HashAsync("second", gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        (await hasher.HashAsync("third")).ShouldNotBeNull();
        (await running).ShouldNotBeNull();
    }

    [Fact]
    public async Task Reports_a_stored_hash_that_cannot_be_read_without_showing_it()
    {
        var exception = await Should.ThrowAsync<InvalidDataException>(() =>
            _hasher.VerifyAsync("correct", "md5$5ebe2294ecd0e0f08eab7690d2a6ee69")
        );

        exception.Message.ShouldContain("Set a new password");
        exception.Message.ShouldNotContain("5ebe2294");
    }
}
