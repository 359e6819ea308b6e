using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every alert store. Derive from it in a test project, and implement how a store is opened. Each
/// test has its own instance, and needs an empty database.
/// </summary>
public abstract class AlertStoreCompliance : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly Guid Me = Guid.CreateVersion7(SampleRecords.Noon);
    private static readonly Guid Other = Guid.CreateVersion7(SampleRecords.Noon);

    /// <summary>The store of the test.</summary>
    protected IAlertStore Store { get; private set; } = null!;

    /// <summary>The time of the store's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Creates the test's empty database and opens it.</summary>
    protected abstract Task<IAlertStore> OpenAsync();

    /// <summary>
    /// Advances the time of the store: either moves its clock, or makes everything stored older by that amount.
    /// </summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>Closes everything opened, and removes the test's database.</summary>
    protected abstract Task DropAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DropAsync();
    }

    /// <summary>
    /// Of two alerts with one key the first is kept, and only one of many callers creates its messages.
    /// </summary>
    [Fact]
    public async Task An_alert_is_kept_once_by_its_key_and_routed_once_by_many()
    {
        Assert.True(await Store.AddAsync(AlertOf("a")));
        Assert.False(await Store.AddAsync(AlertOf("a")));

        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() =>
                        Store.RouteAsync(static _ => [new("webhook:a"), new("email", "x@y.z"), new("webhook:a")])
                    )
                )
        );

        Assert.Equal(2, made.Sum());
        var state = Assert.Single(await Store.ListAsync(10));
        Assert.Equal(
            ["email:x@y.z", "webhook:a"],
            state.Deliveries.Select(static delivery => delivery.Route.ToString())
        );
        Assert.Equal(
            ("a", AlertKind.Drift, "test", "A test."),
            (state.Alert.Key, state.Alert.Kind, state.Alert.Subject, state.Alert.Text)
        );
    }

    /// <summary>If many gateways claim at the same time, each message goes to one of them.</summary>
    [Fact]
    public async Task A_message_is_claimed_by_one_of_many()
    {
        for (var index = 0; index < 20; index++)
            await Store.AddAsync(AlertOf($"{index}"));
        await Store.RouteAsync(static _ => [new("webhook:a")]);

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() => Store.ClaimAsync(Guid.CreateVersion7(SampleRecords.Noon), ["webhook:a"], Lease, 5))
                )
        );

        var claimed = claims.SelectMany(static claim => claim).Select(static delivery => delivery.Id).ToList();
        Assert.Equal(claimed.Distinct().Count(), claimed.Count);
        Assert.All(claims, static claim => Assert.InRange(claim.Count, 0, 5));
        claimed.AddRange(
            (await Store.ClaimAsync(Me, ["webhook:a"], Lease, 100)).Select(static delivery => delivery.Id)
        );
        Assert.Equal(20, claimed.Distinct().Count());
    }

    /// <summary>
    /// Another sender takes over the message of a crashed one, and a sender that comes back late changes nothing.
    /// </summary>
    [Fact]
    public async Task A_message_is_nobody_elses_while_its_lease_lasts_and_then_keeps_its_identity()
    {
        await AddMessageAsync();

        Assert.Empty(await Store.ClaimAsync(Me, ["slack:x"], Lease, 10));
        var mine = Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));
        Assert.Empty(await Store.ClaimAsync(Other, ["webhook:a"], Lease, 10));
        await PassAsync(Lease);
        var theirs = Assert.Single(await Store.ClaimAsync(Other, ["webhook:a"], Lease, 10));

        Assert.Equal(mine.Id, theirs.Id);
        // The first sender comes back late: its failure must not end the second one's lease.
        await Store.FailedAsync(mine.Id, Me, "late", null);
        Assert.Equal(DeliveryState.Due, await StateAsync());
        await Store.SentAsync(mine.Id);
        await Store.FailedAsync(mine.Id, Other, "later still", null);
        Assert.Equal(DeliveryState.Sent, await StateAsync());
        Assert.Equal(default, await Store.CountAsync());
    }

    /// <summary>A failed message is due again after its delay, and an abandoned one on request.</summary>
    [Fact]
    public async Task What_failed_waits_and_what_is_given_up_can_be_made_due_again()
    {
        await AddMessageAsync();
        var message = Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));

        await Store.FailedAsync(message.Id, Me, "refused", TimeSpan.FromMinutes(1));
        Assert.Empty(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));
        var counts = await Store.CountAsync();
        Assert.Equal((1, 1, 0, "refused"), (counts.Due, counts.Failing, counts.GivenUp, counts.LastError));
        Assert.Equal(message.Alert.CreatedAt, counts.OldestDue);
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).Attempts);
        await Store.FailedAsync(message.Id, Me, "still refused", null);
        Assert.Equal((0, 1), ((await Store.CountAsync()).Due, (await Store.CountAsync()).GivenUp));

        Assert.Equal(0, await Store.RetryAsync(Other));
        Assert.Equal(1, await Store.RetryAsync(message.Alert.Id));
        Assert.Equal(message.Id, Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).Id);
    }

    /// <summary>An alert of yesterday is not sent; it can still be listed until it is purged.</summary>
    [Fact]
    public async Task An_alert_of_yesterday_is_not_sent_any_more_but_listed()
    {
        await Store.AddAsync(AlertOf("a"));
        await PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(0, await Store.RouteAsync(static _ => [new("webhook:a")]));

        Assert.Empty(Assert.Single(await Store.ListAsync(10)).Deliveries);
        Assert.Equal(1, await Store.PurgeAsync(Now));
        Assert.Empty(await Store.ListAsync(10));
    }

    private async Task AddMessageAsync()
    {
        await Store.AddAsync(AlertOf("a"));
        await Store.RouteAsync(static _ => [new("webhook:a")]);
    }

    private async Task<DeliveryState> StateAsync() => (await Store.ListAsync(1))[0].Deliveries[0].State;

    private Alert AlertOf(string key) =>
        new()
        {
            Id = Guid.CreateVersion7(Now),
            Key = key,
            Kind = AlertKind.Drift,
            Subject = "test",
            Text = "A test.",
            CreatedAt = Now,
        };
}
