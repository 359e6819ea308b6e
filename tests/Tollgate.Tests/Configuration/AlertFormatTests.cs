using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Tests.Configuration;

public sealed class AlertFormatTests : ConfigFolder
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public AlertFormatTests() => Environment["OPENAI_API_KEY"] = "x"; // Without any, a warning says so.

    [Fact]
    public void Everything_about_alerts_can_be_said()
    {
        Environment["HOOK_SECRET"] = Secret;
        var configuration = Load(
            """
            alerts:
              email:
                {server: mail.example.com, port: 465, username: gate@example.com, password: "a b c",
                 to: [ops@example.com], trust: ca.pem}
              webhooks:
                ops: {url: "https://example.com/hook", secret: "${HOOK_SECRET}"}
              slack:
                team: {url: "https://hooks.slack.com/services/T/B/x"}
              rules:
                - {kinds: [threshold, limit_exhausted], limits: [budget], threshold: 80,
                   to: ["email:ann@example.com", "webhook:ops"]}
              backlog_records: 5
              backlog_age: 30s
            """
        );

        configuration.Problems.ShouldBeEmpty();
        var alerts = configuration.Settings.Alerts;
        (alerts.Smtp.Sender, alerts.Smtp.Protection, alerts.Smtp.Password, alerts.Smtp.Trust).ShouldBe(
            ("gate@example.com", SmtpSecurity.Tls, "a b c", Path.Combine(Folder, "ca.pem"))
        );
        alerts.Emails.ShouldBe(["ops@example.com"]);
        alerts.Webhooks.ShouldHaveSingleItem().Secret.ShouldBe(Secret);
        alerts.Slacks.ShouldHaveSingleItem().Name.ShouldBe("team");
        var rule = alerts.Rules.ShouldHaveSingleItem();
        rule.Kinds.ShouldBe([AlertKind.Threshold, AlertKind.LimitExhausted]);
        (rule.Limits!.Single(), rule.Threshold).ShouldBe(("budget", 80));
        rule.To.Select(route => route.ToString()).ShouldBe(["email:ann@example.com", "webhook:ops"]);
        (alerts.BacklogRecords, alerts.BacklogAge).ShouldBe((5, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{slack: {team: {url: \"https://hooks.slack.com/services/T/B/x\"}}}", "50 80 95 100")]
    [InlineData("{email: {server: m, from: a@b.c, to: [a@b.c]}, default_thresholds: [90, 70, 90]}", "70 90")]
    [InlineData("{slack: {team: {url: \"https://hooks.slack.com/services/T/B/x\"}}, default_thresholds: []}", "")]
    public void Limits_on_cost_have_thresholds_if_there_are_recipients(string alerts, string expected)
    {
        var configuration = Load($"alerts: {alerts}");

        configuration.Problems.ShouldBeEmpty();
        string.Join(' ', configuration.Settings.AdmissionWithAlerts.DefaultThresholds).ShouldBe(expected);
    }

    [Fact]
    public void The_variables_of_the_environment_are_enough_for_mail()
    {
        foreach (
            var (name, value) in new[]
            {
                ("SMTP_SERVER", "mail.example.com"),
                ("SMTP_PORT", "2525"),
                ("SMTP_USERNAME", "gate"),
                ("SMTP_PASSWORD", "x y"),
                ("SMTP_FROM_ADDRESS", "gate@example.com"),
                ("NOTIFICATION_EMAIL", "a@example.com;b@example.com"),
            }
        )
            Environment[name] = value;

        var configuration = Load();

        configuration.Problems.ShouldBeEmpty();
        var smtp = configuration.Settings.Alerts.Smtp;
        (smtp.Server, smtp.Port, smtp.Username, smtp.Password, smtp.Sender, smtp.Protection).ShouldBe(
            ("mail.example.com", 2525, "gate", "x y", "gate@example.com", SmtpSecurity.StartTls)
        );
        configuration.Settings.Alerts.Emails.ShouldBe(["a@example.com", "b@example.com"]);
    }

    [Theory]
    [InlineData("{email: {server: m, to: [a@b.c]}}", "Email needs a sender address")]
    [InlineData("{email: {to: [\"a b\"]}}", "is not an email address")]
    [InlineData("{email: {server: m, security: none, username: u}}", "A password is not sent unencrypted")]
    [InlineData(
        "{webhooks: {ops: {url: \"https://x.y\", secret: whsec_hidden}}}",
        "A webhook needs a secret: whsec_ and base64"
    )]
    [InlineData("{webhooks: {ops: {url: \"ftp://hidden\", secret: x}}}", "must be a URL such as")]
    [InlineData("{rules: [{to: [\"webhook:nobody\"]}]}", "'webhook:nobody' is not a valid channel")]
    [InlineData("{rules: [{to: [\"email:a b\"]}]}", "'a b' is not an email address")]
    [InlineData("{rules: [{kinds: [threshold]}]}", "A rule needs 'to'")]
    [InlineData("{rules: [{kinds: [everything], to: [\"email:a@b.c\"]}]}", "'everything' is not one of")]
    public void A_wrong_setting_is_named_without_its_secret(string alerts, string expected)
    {
        var errors = Errors(Load($"alerts: {alerts}"));

        errors.ShouldHaveSingleItem().ShouldContain(expected);
        errors[0].ShouldNotContain("hidden");
    }

    [Fact]
    public void A_webhook_whose_variable_is_not_set_is_left_out_with_a_warning()
    {
        var configuration = Load("alerts: {webhooks: {ops: {url: \"https://x.y\", secret: \"${NOT_SET}\"}}}");

        Errors(configuration).ShouldBeEmpty();
        Warnings(configuration).ShouldHaveSingleItem().ShouldContain("NOT_SET is not set, so 'ops' receives nothing.");
        configuration.Settings.Alerts.Webhooks.ShouldBeEmpty();
    }
}
