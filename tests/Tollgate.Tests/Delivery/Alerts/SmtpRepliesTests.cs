using System.Text;
using Tollgate.Delivery.Alerts.Smtp;

namespace Tollgate.Tests.Delivery.Alerts;

public sealed class SmtpRepliesTests
{
    private const string Session =
        "220 mail.example.com\r\n250-mail.example.com greets\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n354\r\n";

    [Fact]
    public async Task Replies_are_the_same_wherever_the_stream_is_cut()
    {
        for (var cut = 0; cut <= Session.Length; cut++)
        {
            var replies = new SmtpReplies(new CutStream(Encoding.UTF8.GetBytes(Session), cut));

            (await replies.ReadAsync(default)).Lines.ShouldBe(["mail.example.com"]);
            var greeting = await replies.ReadAsync(default);
            (greeting.Code, greeting.Lines.Count, greeting.Lines[2]).ShouldBe((250, 3, "AUTH PLAIN LOGIN"));
            (await replies.ReadAsync(default)).Code.ShouldBe(354);
            replies.HasMore.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("220 no end of line")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n")]
    public async Task An_invalid_reply_is_an_error_and_not_a_wait(string text) =>
        await Should.ThrowAsync<IOException>(
            new SmtpReplies(new MemoryStream(Encoding.UTF8.GetBytes(text))).ReadAsync(default)
        );

    [Fact]
    public async Task A_server_cannot_fill_the_memory()
    {
        await Should.ThrowAsync<IOException>(new SmtpReplies(new MemoryStream(new byte[100_000])).ReadAsync(default));
        var endless = string.Concat(Enumerable.Repeat("250-more\r\n", 10_000));
        await Should.ThrowAsync<IOException>(
            new SmtpReplies(new MemoryStream(Encoding.UTF8.GetBytes(endless))).ReadAsync(default)
        );
    }

    [Fact]
    public async Task Random_bytes_end_in_a_reply_or_an_error()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(200)];
            for (var index = 0; index < bytes.Length; index++)
                bytes[index] = (byte)"0123456789 -\r\nA\xff"[random.Next(16)];
            var replies = new SmtpReplies(new CutStream(bytes, random.Next(bytes.Length + 1)));
            try
            {
                while (true)
                    (await replies.ReadAsync(default)).Lines.Count.ShouldBeGreaterThan(0);
            }
            catch (IOException) { }
        }
    }

    /// <summary>Gives what is before the cut in one piece, and the rest byte by byte.</summary>
    private sealed class CutStream(byte[] bytes, int cut) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(
                buffer[..Math.Min(buffer.Length, Position < cut ? (int)(cut - Position) : 1)],
                cancellationToken
            );
    }
}
