using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Metering.Limits;

namespace Tollgate.Tests.Delivery.Alerts;

public sealed class AlertRoutingTests
{
    private static readonly AlertSettings Settings = new()
    {
        Smtp = new SmtpSettings { Server = "mail.example.com", From = "gate@example.com" },
        Emails = ["all@example.com"],
        Slacks = [new SlackSettings("team", new Uri("https://hooks.slack.com/services/x"))],
        Rules =
        [
            AlertRule.ForBudget(50, "half@example.com", "budget"),
            AlertRule.ForBudget(80, "most@example.com", "budget"),
        ],
    };

    [Theory]
    [InlineData(0, 50, "email:half@example.com")]
    [InlineData(50, 80, "email:most@example.com")]
    [InlineData(0, 80, "email:half@example.com email:most@example.com")]
    [InlineData(80, 95, "email:all@example.com slack:team")]
    public void A_threshold_alert_reaches_its_recipients_although_a_higher_one_is_crossed_at_once(
        int previous,
        int reached,
        string expected
    ) => RoutesOf(Settings, Alert("budget", previous, reached)).ShouldBe(expected);

    [Fact]
    public void An_alert_without_a_matching_rule_goes_to_all_recipients()
    {
        RoutesOf(Settings, Alert("another", 0, 80)).ShouldBe("email:all@example.com slack:team");
        RoutesOf(Settings, Alert("budget", 0, 80) with { Kind = AlertKind.Unpriced, Crossing = null })
            .ShouldBe("email:all@example.com slack:team");
    }

    [Fact]
    public void Without_a_mail_server_no_mail_waits_for_ever() =>
        RoutesOf(Settings with { Smtp = new SmtpSettings() }, Alert("budget", 0, 80)).ShouldBe("slack:team");

    private static string RoutesOf(AlertSettings settings, Alert alert) =>
        string.Join(' ', new AlertRouting(settings).Route(alert));

    private static Alert Alert(string limit, int previous, int reached) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Key = "k",
            Kind = AlertKind.Threshold,
            Subject = limit,
            Text = "A text.",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Crossing = new LimitCrossing
            {
                LimitId = $"id of {limit}",
                LimitName = limit,
                Target = "",
                Metric = LimitMetric.Cost,
                Window = "day",
                Threshold = reached,
                PreviousThreshold = previous,
                Used = 1,
                Amount = 2,
            },
        };
}
