using System.Buffers;
using System.Text;
using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Tests.Transcripts;

public sealed class TranscriptTextTests
{
    private const string Mixed = "aé中😀z";

    [Fact]
    public void A_text_is_cut_between_two_characters()
    {
        var bytes = Encoding.UTF8.GetBytes(Mixed);
        for (var most = 0; most <= bytes.Length; most++)
        {
            var expected = Longest(most);
            TranscriptText.Truncate(Mixed, most).ShouldBe(expected);
            TranscriptText.Read(new ReadOnlySequence<byte>(bytes), most).ShouldBe((expected, most < bytes.Length));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read_all_the_same() =>
        TranscriptText.Read(new ReadOnlySequence<byte>([0x80, 0x80, 0x80, 0x80, 0x80]), 4).IsCut.ShouldBeTrue();

    [Fact]
    public void An_entry_is_marked_if_it_was_truncated()
    {
        var entry = new TranscriptEntry
        {
            Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
            Type = TranscriptEntryType.Event,
            Time = DateTimeOffset.UnixEpoch,
            PromptText = "12345",
            ResponseText = "1",
        };

        entry.Truncate(5).ShouldBe(entry);
        entry.Truncate(4).ShouldBe(entry with { PromptText = "1234", IsTruncated = true });
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
