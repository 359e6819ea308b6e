using System.Net;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

public sealed class SignInThrottleTests : IdentityFixture
{
    private int _address;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(8, 8)]
    [InlineData(9, 15)]
    [InlineData(1_000_000, 15)]
    public void Doubles_the_wait_up_to_15_minutes(int attempts, int minutes) =>
        SignInThrottle.WaitAfter(attempts).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("alice")]
    [InlineData("unknown")] // The response must not show whether there is an account.
    public async Task Makes_an_account_wait_after_5_wrong_passwords(string name)
    {
        await CreateAccountAsync("alice");
        for (var attempt = 0; attempt < 5; attempt++)
            (await TryAsync(name, "wrong")).ShouldBe(new SignInResult.WrongCredentials());

        (await TryAsync(name, Password)).ShouldBe(new SignInResult.Throttled(TimeSpan.FromMinutes(1)));
        Time.Advance(TimeSpan.FromSeconds(59.5));
        (await TryAsync(name, Password)).ShouldBe(new SignInResult.Throttled(TimeSpan.FromSeconds(1)));
        Time.Advance(TimeSpan.FromSeconds(0.5));
        (await TryAsync(name, "wrong")).ShouldBe(new SignInResult.WrongCredentials());
        (await TryAsync(name, "wrong")).ShouldBe(new SignInResult.Throttled(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task Lets_an_account_in_after_the_wait_and_forgets_its_wrong_passwords()
    {
        await CreateAccountAsync("alice");
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync("alice", "wrong");
        // Attempts during the wait neither prolong it nor lengthen the next one.
        for (var attempt = 0; attempt < 5; attempt++)
            (await TryAsync("alice", "wrong")).ShouldBe(new SignInResult.Throttled(TimeSpan.FromMinutes(1)));
        Time.Advance(TimeSpan.FromMinutes(1));

        (await TryAsync("alice", Password)).ShouldBeOfType<SignInResult.Success>();

        for (var attempt = 0; attempt < 5; attempt++)
            (await TryAsync("alice", "wrong")).ShouldBe(new SignInResult.WrongCredentials());
    }

    [Fact]
    public async Task Checks_no_more_passwords_however_many_are_sent_at_once()
    {
        await CreateAccountAsync("alice");
        var others = OpenProcess(Ledger.OpenSignIns());

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(number => Task.Run(() => TryAsync("alice", "wrong", number % 2 == 0 ? SignIn : others.SignIn)))
        );

        results.Count(static result => result is SignInResult.WrongCredentials).ShouldBe(5);
        results.Count(static result => result is SignInResult.Throttled).ShouldBe(35);
    }

    [Fact]
    public async Task Checks_one_password_at_the_end_of_a_wait_however_many_are_sent_at_once()
    {
        await CreateAccountAsync("alice");
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync("alice", "wrong");
        Time.Advance(TimeSpan.FromMinutes(1));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => TryAsync("alice", "wrong")))
        );

        results.Count(static result => result is SignInResult.WrongCredentials).ShouldBe(1);
        results.Count(static result => result is SignInResult.Throttled).ShouldBe(19);
    }

    [Fact]
    public async Task Restarts_the_counter_of_an_account_after_a_day()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync("alice", "wrong");
        Time.Advance(TimeSpan.FromDays(1));

        for (var attempt = 0; attempt < 5; attempt++)
            (await TryAsync("alice", "wrong")).ShouldBe(new SignInResult.WrongCredentials());
    }

    [Fact]
    public async Task Allows_an_address_20_attempts_a_minute()
    {
        for (var attempt = 0; attempt < 20; attempt++)
            (await FromAddressAsync("192.0.2.1", $"account{attempt}")).ShouldBe(new SignInResult.WrongCredentials());
        Time.Advance(TimeSpan.FromSeconds(20));

        (await FromAddressAsync("192.0.2.1", "a")).ShouldBe(new SignInResult.Throttled(TimeSpan.FromSeconds(40)));
        (await FromAddressAsync("::ffff:192.0.2.1", "a")).ShouldBeOfType<SignInResult.Throttled>();
        (await FromAddressAsync("192.0.2.2", "a")).ShouldBe(new SignInResult.WrongCredentials());
        Time.Advance(TimeSpan.FromSeconds(40));
        (await FromAddressAsync("192.0.2.1", "a")).ShouldBe(new SignInResult.WrongCredentials());
    }

    [Fact]
    public async Task Counts_a_network_of_IPv6_as_one_address()
    {
        for (var attempt = 0; attempt < 20; attempt++)
            await FromAddressAsync($"2001:db8:1:2::{attempt}", $"account{attempt}");

        (await FromAddressAsync("2001:db8:1:2:ffff::1", "a")).ShouldBeOfType<SignInResult.Throttled>();
        (await FromAddressAsync("2001:db8:1:3::1", "a")).ShouldBe(new SignInResult.WrongCredentials());
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%2", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void Describes_the_network_of_an_address(string address, string network) =>
        SignInThrottle.Describe(IPAddress.Parse(address)).ShouldBe(network);

    [Fact]
    public async Task Removes_counters_that_no_longer_matter()
    {
        await TryAsync("alice", "wrong");
        Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        await Sessions.CleanUpAsync();

        (await Store.FindAttemptsAsync("account:alice")).ShouldBeNull();
    }

    /// <summary>Each attempt comes from another address, so that only the account is throttled.</summary>
    private Task<SignInResult> TryAsync(string name, string password, SignIn? signIn = null)
    {
        var number = Interlocked.Increment(ref _address);
        var address = IPAddress.Parse($"10.0.{number / 250}.{number % 250}");
        return (signIn ?? SignIn).SignInAsync(name, password, address, null, SignInKind.Browser);
    }

    private Task<SignInResult> FromAddressAsync(string address, string name) =>
        SignIn.SignInAsync(name, "wrong", IPAddress.Parse(address), null, SignInKind.Browser);
}
