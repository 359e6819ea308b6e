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
    public void What_comes_behind_the_kept_bytes_is_estimated()
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

    private static ReceivedText Read(params string[] parts)
    {
        var text = new ReceivedText(Counter);
        var meter = new ChatCompletionsMeter { Text = text };
        foreach (var part in parts) meter.ReadFrame([], Encoding.UTF8.GetBytes($$$"""{"choices":[{"delta":{"content":"{{{part}}}"}}]}"""));
        return text;
    }
}
