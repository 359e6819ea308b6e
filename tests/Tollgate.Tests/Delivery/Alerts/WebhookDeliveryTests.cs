using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts;

namespace Tollgate.Tests.Delivery.Alerts;

public sealed class WebhookDeliveryTests : AlertFixture
{
    [Fact]
    public async Task Three_gateways_and_a_thousand_bookings_send_one_message_a_threshold()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var gates = new List<Gate>();
        for (var index = 0; index < 3; index++)
            gates.Add(await GateAsync(To(receiver), Budget(2, 10, 25, 40, 45, 50)));

        // Senders look all the while, and the receiver refuses the first message.
        receiver.Refuse = 1;
        await Task.WhenAll(
            Enumerable
                .Range(0, 1000)
                .Select(call =>
                    Task.Run(async () =>
                    {
                        await gates[call % 3].SpendAsync(0.001m);
                        if (call % 50 == 0)
                            await gates[call % 3].Sender.ProcessBatchAsync();
                    })
                )
        );
        await Task.WhenAll(gates.Select(gate => gate.Sender.ProcessBatchAsync()));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(gates.Select(gate => gate.Sender.ProcessBatchAsync()));

        var told = (await gates[0].Ledger.Alerts.Store.ListAsync(100)).Select(state => state.Alert.Id).ToList();
        told.ShouldNotBeEmpty();
        receiver.Taken.Select(AlertIdOf).Order().ShouldBe(told.Order());
        receiver.Taken.Select(ThresholdOf).ShouldBeUnique();
        receiver.Taken.Select(ThresholdOf).Max().ShouldBe(50);
        receiver.Refused.ShouldBe(1);
        (await DeliveriesAsync(gates[0])).ShouldAllBe(delivery => delivery.State == DeliveryState.Sent);
    }

    [Fact]
    public async Task A_receiver_that_is_away_gets_its_message_once_when_it_is_back()
    {
        var receiver = await WebhookReceiver.StartAsync();
        var port = receiver.Port;
        var gate = await GateAsync(To(receiver), Budget(1, 80));
        await receiver.DisposeAsync();
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);
        (await DeliveriesAsync(gate))
            .ShouldHaveSingleItem()
            .LastError.ShouldBe($"127.0.0.1:{port} could not be reached: Connection refused");
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);
        (gate.Ledger.Alerts.Metrics.Failed, gate.Ledger.Alerts.Metrics.Counts.Failing).ShouldBe((1, 1));
        await using var back = await WebhookReceiver.StartAsync(port);
        Time.Advance(TimeSpan.FromSeconds(5));
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1);
        Time.Advance(TimeSpan.FromDays(1));
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);

        back.Taken.Count.ShouldBe(1);
        (gate.Ledger.Alerts.Metrics.Sent, gate.Ledger.Alerts.Metrics.Counts.Due).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_lost_answer_repeats_the_message_under_the_same_id_and_body()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var gate = await GateAsync(To(receiver), Budget(1, 80));
        await gate.SpendAsync(0.8m);

        receiver.Kill = 1;
        await gate.Sender.ProcessBatchAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        await gate.Sender.ProcessBatchAsync();

        receiver.Taken.Count.ShouldBe(2);
        var (first, second) = (receiver.Taken.First(), receiver.Taken.Last());
        (second.Id, second.Text).ShouldBe((first.Id, first.Text));
        second.Timestamp.ShouldNotBe(first.Timestamp);
    }

    [Fact]
    public async Task A_gateway_that_dies_while_sending_leaves_the_message_to_another()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var gate = await GateAsync(To(receiver), Budget(1, 80));
        await gate.SpendAsync(0.8m);
        await gate.Ledger.Alerts.Store.RouteAsync(_ => [new AlertRoute("webhook:ops")]);
        var taken = (
            await gate.Ledger.Alerts.Store.ClaimAsync(
                Guid.CreateVersion7(),
                ["webhook:ops"],
                TimeSpan.FromMinutes(2),
                10
            )
        ).ShouldHaveSingleItem();

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);
        Time.Advance(TimeSpan.FromMinutes(2));
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1);

        receiver.Taken.ShouldHaveSingleItem().Id.ShouldBe($"msg_{taken.Id:N}");
    }

    [Fact]
    public async Task A_day_of_failures_gives_the_message_up_and_it_can_be_made_due_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse = int.MaxValue;
        var gate = await GateAsync(To(receiver), Budget(1, 80));
        await gate.SpendAsync(0.8m);

        for (var minute = 0; minute <= 25 * 60; minute += 30)
        {
            await gate.Sender.ProcessBatchAsync();
            Time.Advance(TimeSpan.FromMinutes(30));
        }

        var given = (await DeliveriesAsync(gate)).ShouldHaveSingleItem();
        (given.State, given.LastError).ShouldBe(
            (DeliveryState.Abandoned, $"127.0.0.1:{receiver.Port} responded with 500.")
        );
        gate.Ledger.Alerts.Metrics.Counts.Abandoned.ShouldBe(1);
        receiver.Refuse = 0;
        await gate.Ledger.Alerts.Store.RetryAsync(null);
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1);
        receiver.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_signature_is_that_of_standard_webhooks_and_the_body_is_as_documented()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var gate = await GateAsync(To(receiver), Budget(10, 50, 80));
        await gate.SpendAsync(8.5m);
        await gate.Sender.ProcessBatchAsync();

        var message = receiver.Taken.ShouldHaveSingleItem();
        message.Id.ShouldStartWith("msg_");
        message.Timestamp.ShouldBe(Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var hmac = new HMACSHA256([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);
        var expected = hmac.ComputeHash(Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Text}"));
        message.Signature.ShouldBe($"v1,{Convert.ToBase64String(expected)}");

        var body = JsonDocument.Parse(message.Body).RootElement;
        body.GetProperty("type").GetString().ShouldBe("alert.threshold");
        body.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(Time.GetUtcNow());
        var limit = body.GetProperty("data").GetProperty("limit");
        (
            limit.GetProperty("name").GetString(),
            limit.GetProperty("threshold").GetInt32(),
            limit.GetProperty("metric").GetString()
        ).ShouldBe(("budget", 80, "cost"));
        (
            limit.GetProperty("used").GetString(),
            limit.GetProperty("amount").GetString(),
            limit.GetProperty("currency").GetString()
        ).ShouldBe(("8.5", "10", "USD"));
        body.GetProperty("data")
            .GetProperty("text")
            .GetString()!
            .ShouldContain("is spent to 80 %: $8.5 of $10 in this day (since 2026-07-01 00:00 UTC).");
    }

    /// <summary>Svix, who wrote most of the standard, publish this one.</summary>
    [Fact]
    public void A_published_example_of_a_signature_comes_out() =>
        WebhookSignature
            .Parse("whsec_plJ3nmyCDGBKInavdOK15jsl")
            .Sign("msg_loFOjxBNrRLzqYUf", "1731705121", "{\"event_type\":\"ping\",\"data\":{\"success\":true}}"u8)
            .ShouldBe("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");

    private static Guid AlertIdOf(Delivered message) =>
        JsonDocument.Parse(message.Body).RootElement.GetProperty("data").GetProperty("alert_id").GetGuid();

    private static int ThresholdOf(Delivered message) =>
        JsonDocument
            .Parse(message.Body)
            .RootElement.GetProperty("data")
            .GetProperty("limit")
            .GetProperty("threshold")
            .GetInt32();
}
