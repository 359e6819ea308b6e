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
    protected abstract Task AdvanceAsync(TimeSpan time);

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
    public async Task Stores_and_routes_an_alert_once_when_many_add_it()
    {
        Assert.True(await Store.AddAsync(CreateAlert("a")));
        Assert.False(await Store.AddAsync(CreateAlert("a")));

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
    public async Task Lets_one_of_many_senders_claim_a_message()
    {
        for (var index = 0; index < 20; index++)
            await Store.AddAsync(CreateAlert($"{index}"));
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
    public async Task Keeps_a_message_leased_to_one_sender_and_its_identity_afterwards()
    {
        await AddMessageAsync();

        Assert.Empty(await Store.ClaimAsync(Me, ["slack:x"], Lease, 10));
        var mine = Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));
        Assert.Empty(await Store.ClaimAsync(Other, ["webhook:a"], Lease, 10));
        await AdvanceAsync(Lease);
        var theirs = Assert.Single(await Store.ClaimAsync(Other, ["webhook:a"], Lease, 10));

        Assert.Equal(mine.Id, theirs.Id);
        // The first sender comes back late: its failure must not end the second one's lease.
        await Store.MarkFailedAsync(mine.Id, Me, "late", null);
        Assert.Equal(DeliveryState.Due, await StateAsync());
        await Store.MarkSentAsync(mine.Id);
        await Store.MarkFailedAsync(mine.Id, Other, "later still", null);
        Assert.Equal(DeliveryState.Sent, await StateAsync());
        Assert.Equal(default, await Store.CountAsync());
    }

    /// <summary>A failed message is due again after its delay, and an abandoned one on request.</summary>
    [Fact]
    public async Task Delays_failed_deliveries_and_requeues_abandoned_ones()
    {
        await AddMessageAsync();
        var message = Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));

        await Store.MarkFailedAsync(message.Id, Me, "refused", TimeSpan.FromMinutes(1));
        Assert.Empty(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10));
        var counts = await Store.CountAsync();
        Assert.Equal((1, 1, 0, "refused"), (counts.Due, counts.Failing, counts.Abandoned, counts.LastError));
        Assert.Equal(message.Alert.CreatedAt, counts.OldestDue);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).Attempts);
        await Store.MarkFailedAsync(message.Id, Me, "still refused", null);
        Assert.Equal((0, 1), ((await Store.CountAsync()).Due, (await Store.CountAsync()).Abandoned));

        Assert.Equal(0, await Store.RetryAsync(Other));
        Assert.Equal(1, await Store.RetryAsync(message.Alert.Id));
        Assert.Equal(message.Id, Assert.Single(await Store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).Id);
    }

    /// <summary>An alert of yesterday is not sent; it can still be listed until it is purged.</summary>
    [Fact]
    public async Task Lists_but_does_not_send_an_expired_alert()
    {
        await Store.AddAsync(CreateAlert("a"));
        await AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(0, await Store.RouteAsync(static _ => [new("webhook:a")]));

        Assert.Empty(Assert.Single(await Store.ListAsync(10)).Deliveries);
        Assert.Equal(1, await Store.PurgeAsync(Now));
        Assert.Empty(await Store.ListAsync(10));
    }

    private async Task AddMessageAsync()
    {
        await Store.AddAsync(CreateAlert("a"));
        await Store.RouteAsync(static _ => [new("webhook:a")]);
    }

    private async Task<DeliveryState> StateAsync() => (await Store.ListAsync(1))[0].Deliveries[0].State;

    private Alert CreateAlert(string key) =>
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
