using System.Text.Json;
using Tollgate.Accounting.Alerts;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Delivery.Alerts;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Three gates on one PostgreSQL tell each threshold once, though each of them looks for messages and the receiver is
/// not always well.
/// </summary>
[Trait("Needs", "Server")]
public sealed class SharedAlertTests(SharedPostgreSqlServer shared) : IClassFixture<SharedPostgreSqlServer>
{
    private const int Calls = 1000;

    [Fact]
    public async Task A_thousand_concurrent_calls_on_three_gateways_send_one_message_a_threshold()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse = 3;
        var alerts = $$"""
            alerts:
              webhooks:
                ops: {url: "{{receiver.Url}}", secret: whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
            """;
        // Twice what is asked for: near its end a limit is what the gates hold, and that is another test's matter.
        await using var gates = await GatewayFleet.StartWithSettingsAsync(
            shared.Server,
            3,
            alerts,
            new ConfiguredLimit($"yearly_requests={2 * Calls}", AlertAt: "[1, 5, 10, 20, 30, 40, 45, 50]")
        );

        var passed = await Task.WhenAll(
            Enumerable.Range(0, Calls).Select(call => gates.CallAsync(call % 3, "output=1", 10))
        );
        passed.ShouldAllBe(static status => status == System.Net.HttpStatusCode.OK);
        await gates.SettleAsync();
        var told = await SentAsync(gates);

        // What is passed at once is told by the highest; each begins where the one before ended, and the last is what
        // was reached.
        told.Select(static crossing => crossing.PreviousThreshold)
            .ShouldBe([0, .. told.SkipLast(1).Select(static crossing => crossing.Threshold)]);
        (told[^1].Threshold, told[^1].Used).ShouldBe((50, Calls));
        receiver.Taken.Select(ThresholdOf).Order().ShouldBe(told.Select(static crossing => crossing.Threshold));
        receiver.Taken.Select(static message => message.Id).ShouldBeUnique();
        receiver.Refused.ShouldBe(3);
    }

    /// <summary>The crossings in their order, once all messages about them are taken.</summary>
    private static async Task<IReadOnlyList<LimitCrossing>> SentAsync(GatewayFleet gates)
    {
        List<LimitCrossing> crossings = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            var alerts = await gates.Store.Alerts.ListAsync(100);
            crossings =
            [
                .. alerts.Select(static state => state.Alert.Crossing!).OrderBy(static crossing => crossing.Threshold),
            ];
            return crossings.Count > 0
                && crossings[^1].Used == Calls
                && alerts.All(static state => state.Deliveries is [{ State: DeliveryState.Sent }]);
        });
        return crossings;
    }

    private static int ThresholdOf(Delivered message) =>
        JsonDocument
            .Parse(message.Body)
            .RootElement.GetProperty("data")
            .GetProperty("limit")
            .GetProperty("threshold")
            .GetInt32();
}
