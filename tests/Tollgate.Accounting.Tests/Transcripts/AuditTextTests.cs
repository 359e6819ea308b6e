using System.Buffers;
using System.Text;
using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Tests.Transcripts;

public sealed class AuditTextTests
{
    private const string Mixed = "aé中😀z";

    [Fact]
    public void A_text_is_cut_between_two_characters()
    {
        var bytes = Encoding.UTF8.GetBytes(Mixed);
        for (var most = 0; most <= bytes.Length; most++)
        {
            var expected = Longest(most);
            AuditText.Cut(Mixed, most).ShouldBe(expected);
            AuditText.Read(new ReadOnlySequence<byte>(bytes), most).ShouldBe((expected, most < bytes.Length));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read_all_the_same() =>
        AuditText.Read(new ReadOnlySequence<byte>([0x80, 0x80, 0x80, 0x80, 0x80]), 4).IsCut.ShouldBeTrue();

    [Fact]
    public void An_entry_says_whether_it_was_cut()
    {
        var entry = new AuditEntry
        {
            Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
            Type = AuditEntryType.Event,
            Time = DateTimeOffset.UnixEpoch,
            PromptText = "12345",
            AnswerText = "1",
        };

        entry.Within(5).ShouldBe(entry);
        entry.Within(4).ShouldBe(entry with { PromptText = "1234", IsTruncated = true });
    }

    private static string Longest(int most)
    {
        var text = new StringBuilder();
        foreach (var rune in Mixed.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(text.ToString() + rune) > most)
                break;
            text.Append(rune);
        }

        return text.ToString();
    }
}
