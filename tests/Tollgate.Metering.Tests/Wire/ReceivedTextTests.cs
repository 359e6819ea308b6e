using System.Text;
using Tollgate.Metering.Tokens;
using Tollgate.Metering.Wire;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Metering.Tests.Wire;

public sealed class ReceivedTextTests
{
    private static readonly TokenCounter Counter = TokenCounter.ForModel("gpt-4o");

    [Fact]
    public void Text_is_counted_as_a_whole_and_without_its_escapes()
    {
        using var text = Read(@"interna", @"tional\n\u4e2d\ud83d\ude00");
        text.CountTokens().ShouldBe(Counter.Count("international\n中😀"));
    }

    [Fact]
    public void No_text_has_no_tokens()
    {
        using var text = Read();
        text.CountTokens().ShouldBe(0);
    }

    [Fact]
    public void Text_beyond_the_kept_bytes_is_estimated()
    {
        var kept = string.Concat(Enumerable.Repeat("word ", ReceivedText.Capacity / 5));
        using var text = Read(kept, "beyond!!", "ab");
        text.CountTokens().ShouldBe(Counter.Count(kept) + 3);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_as_good_as_absent()
    {
        using var text = Read("a", @"\ud83d", "b");
        text.CountTokens().ShouldBe(Counter.Count("ab"));
    }

    [Fact]
    public void The_text_itself_can_be_had_without_its_escapes()
    {
        using var text = Read(@"a\n\u4e2d", "b");
        text.ToString().ShouldBe("a\n中b");
        text.IsTruncated.ShouldBeFalse();
    }

    [Fact]
    public void Kept_text_ends_with_a_whole_character()
    {
        using var text = Read(new string('x', ReceivedText.Capacity - 4), "中中", "never");
        text.ToString().ShouldBe(new string('x', ReceivedText.Capacity - 4) + "中");
        text.IsTruncated.ShouldBeTrue();
    }

    [Fact]
    public void Keeping_more_changes_nothing_in_the_count()
    {
        string[] parts = [.. Enumerable.Repeat("some words ", ReceivedText.Capacity / 5)];
        using var text = Read(parts);
        using var more = new ReceivedText(Counter, 10 * ReceivedText.Capacity);
        Read(more, parts);

        more.ToString().ShouldBe(string.Concat(parts));
        more.CountTokens().ShouldBe(text.CountTokens());
    }

    [Fact]
    public void Without_a_counter_all_of_it_is_estimated()
    {
        using var text = new ReceivedText(counter: null);
        Read(text, "eight by", "tes");
        text.CountTokens().ShouldBe(3);
        text.ToString().ShouldBe("eight bytes");
    }

    private static ReceivedText Read(params string[] parts)
    {
        var text = new ReceivedText(Counter);
        Read(text, parts);
        return text;
    }

    private static void Read(ReceivedText text, params string[] parts)
    {
        var meter = new ChatCompletionsMeter { Text = text };
        foreach (var part in parts)
            meter.ReadFrame([], Encoding.UTF8.GetBytes($$$"""{"choices":[{"delta":{"content":"{{{part}}}"}}]}"""));
    }
}
