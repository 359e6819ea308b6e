using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Tests.Delivery.Alerts;

[Trait("Needs", "Process")]
public sealed class SmtpDeliveryTests : AlertFixture
{
    [Fact]
    public async Task Three_gateways_send_one_mail_a_threshold_through_starttls_and_a_login()
    {
        using var server = SmtpServer.WithCertificate(Folder.Path);
        var gates = new List<Gate>();
        for (var index = 0; index < 3; index++)
            gates.Add(await GateAsync(To(server), Budget(2, 10, 25, 50)));

        server.Order("refuse", 1);
        await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(call => Task.Run(() => gates[call % 3].SpendAsync(0.001m)))
        );
        await Task.WhenAll(gates.Select(gate => gate.Sender.ProcessBatchAsync()));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(gates.Select(gate => gate.Sender.ProcessBatchAsync()));
        await gates[0].Sender.ProcessBatchAsync();

        var deliveries = await DeliveriesAsync(gates[0]);
        deliveries.ShouldAllBe(delivery => delivery.State == DeliveryState.Sent);
        server.Ids.Order().ShouldBe(deliveries.Select(delivery => $"<{delivery.Id:N}@example.com>").Order());
        var mail = server.Messages.First();
        mail.GetProperty("tls").GetBoolean().ShouldBeTrue();
        (mail.GetProperty("from").GetString(), mail.GetProperty("to")[0].GetString()).ShouldBe(
            ("gate@example.com", "ops@example.com")
        );
        var content = mail.GetProperty("content").GetString()!;
        content.ShouldContain("To: ops@example.com\r\n");
        PartOf(content, "text/plain").ShouldContain("The limit 'budget' is spent to");
        PartOf(content, "text/html").ShouldContain("<p>The limit &#39;budget&#39; is spent to");
    }

    [Fact]
    public async Task An_untrusted_certificate_is_refused_and_nothing_is_sent()
    {
        using var server = SmtpServer.WithCertificate(Folder.Path);
        var gate = await GateAsync(To(server) with { Smtp = server.Settings with { Trust = null } }, Budget(1, 80));
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);

        server.Messages.ShouldBeEmpty();
        var error = (await DeliveriesAsync(gate)).ShouldHaveSingleItem().LastError!;
        error.ShouldStartWith($"The certificate of localhost:{server.Port} is not trusted: ");
        error.ShouldNotContain("pass word");
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_refused_though_it_is_trusted()
    {
        using var server = SmtpServer.WithCertificate(Folder.Path);
        var gate = await GateAsync(
            To(server) with
            {
                Smtp = server.Settings with { Server = "127.0.0.2" },
            },
            Budget(1, 80)
        );
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);

        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_starttls_gets_nothing_and_no_password_goes_in_the_clear()
    {
        using var server = SmtpServer.InTheClear();
        var open = server.Settings with { Security = null };
        var gate = await GateAsync(To(server) with { Smtp = open }, Budget(1, 80));
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);
        (await DeliveriesAsync(gate))
            .ShouldHaveSingleItem()
            .LastError.ShouldBe($"localhost:{server.Port} does not offer STARTTLS; nothing was sent unencrypted.");

        var careless = await GateAsync(
            To(server) with
            {
                Smtp = server.Settings with { Username = "gate", Password = "pass word" },
            }
        );
        Time.Advance(TimeSpan.FromMinutes(1));
        (await careless.Sender.ProcessBatchAsync()).ShouldBe(0);
        (await DeliveriesAsync(gate))
            .ShouldHaveSingleItem()
            .LastError!.ShouldStartWith("A password is not sent unencrypted.");
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_repeats_the_mail_under_the_same_id()
    {
        using var server = SmtpServer.InTheClear();
        var gate = await GateAsync(To(server), Budget(1, 80));
        await gate.SpendAsync(0.8m);

        server.Order("drop", 1);
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);
        Time.Advance(TimeSpan.FromMinutes(1));
        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1);

        // What the server prints comes on a thread of its own; its answer to an order comes after it.
        server.Order("drop", 0);
        server.Messages.Count.ShouldBe(2);
        server.Ids.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_server_with_implicit_tls_and_only_login_authentication_takes_mail()
    {
        using var server = SmtpServer.EncryptedFromTheStart(Folder.Path);
        var gate = await GateAsync(
            To(server) with
            {
                Smtp = server.Settings with { Security = SmtpSecurity.Tls },
            },
            Budget(1, 80)
        );
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1, (await DeliveriesAsync(gate))[0].LastError);

        server.Order("drop", 0);
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_password_is_reported_without_it()
    {
        using var server = SmtpServer.WithCertificate(Folder.Path);
        var gate = await GateAsync(
            To(server) with
            {
                Smtp = server.Settings with { Password = "another" },
            },
            Budget(1, 80)
        );
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(0);

        var error = (await DeliveriesAsync(gate)).ShouldHaveSingleItem().LastError!;
        error.ShouldStartWith("The mail server refused the login: 535");
        error.ShouldNotContain("another");
    }

    [Fact]
    public async Task A_name_cannot_add_headers_or_html_to_a_mail()
    {
        using var server = SmtpServer.InTheClear();
        var gate = await GateAsync(To(server), Budget(1, 80) with { Name = "x\r\nBcc: evil@example.com <b>ü" });
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1);

        server.Order("drop", 0);
        var content = server.Messages.ShouldHaveSingleItem().GetProperty("content").GetString()!;
        content.Split('\n').ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        (await MimeMessage.LoadAsync(stream)).Subject.ShouldBe(
            "[Tollgate] x  Bcc: evil@example.com <b>ü: 80 % of the limit"
        );
        PartOf(content, "text/html").ShouldContain("&lt;b&gt;&#252;");
    }

    [Fact]
    public async Task Addresses_may_have_display_names_and_characters_beyond_ascii()
    {
        using var server = SmtpServer.InTheClear();
        var settings = server.Settings with { From = "Wächter <gate@example.com>", EhloName = "gate.example.com" };
        var gate = await GateAsync(
            new() { Smtp = settings, Emails = ["Betrieb <betrieb@müller.example>"] },
            Budget(1, 80)
        );
        await gate.SpendAsync(0.8m);

        (await gate.Sender.ProcessBatchAsync()).ShouldBe(1, (await DeliveriesAsync(gate))[0].LastError);

        server.Order("drop", 0);
        var mail = server.Messages.ShouldHaveSingleItem();
        mail.GetProperty("ehlo").GetString().ShouldBe("gate.example.com");
        mail.GetProperty("to")[0].GetString().ShouldBe("betrieb@müller.example");
        var content = mail.GetProperty("content").GetString()!;
        content.ShouldContain("From: Wächter <gate@example.com>");
        content.ShouldContain("To: Betrieb <betrieb@müller.example>");
    }

    private static string PartOf(string content, string type) =>
        Encoding.UTF8.GetString(
            Convert.FromBase64String(
                Regex
                    .Match(content, $"Content-Type: {type};.*?\r\n\r\n(.*?)\r\n--", RegexOptions.Singleline)
                    .Groups[1]
                    .Value
            )
        );

    private static AlertSettings To(SmtpServer server) =>
        new() { Smtp = server.Settings, Emails = ["ops@example.com"] };
}
