using System.Text;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

public sealed class TokenCounterTests
{
    private static readonly TokenCounter O200k = TokenCounter.For(TokenEncoding.O200kBase);
    private static readonly TokenCounter Cl100k = TokenCounter.For(TokenEncoding.Cl100kBase);

    /// <summary>OpenAI Cookbook, "How to count tokens with tiktoken", section 5.</summary>
    [Theory]
    [InlineData(
        "antidisestablishmentarianism",
        new[] { 519, 85342, 34500, 479, 8997, 2191 },
        new[] { 493, 129901, 376, 160388, 21203, 2367 }
    )]
    [InlineData("2 + 2 = 4", new[] { 17, 489, 220, 17, 284, 220, 19 }, new[] { 17, 659, 220, 17, 314, 220, 19 })]
    [InlineData(
        "お誕生日おめでとう",
        new[] { 33334, 45918, 243, 21990, 9080, 33334, 62004, 16556, 78699 },
        new[] { 8930, 9697, 243, 128225, 8930, 17693, 4344, 48669 }
    )]
    public void The_cookbooks_examples_have_the_tokens_that_it_prints(string text, int[] cl100k, int[] o200k)
    {
        Cl100k.Encode(text).ShouldBe(cl100k);
        O200k.Encode(text).ShouldBe(o200k);
    }

    [Fact]
    public void No_text_has_no_tokens()
    {
        O200k.Count("").ShouldBe(0);
        O200k.Count(""u8).ShouldBe(0);
        TokenCounter.For(TokenEncoding.Estimate).Count("").ShouldBe(0);
    }

    [Fact]
    public void A_special_token_counts_as_the_text_that_it_is_written_in() => O200k.Count("<|endoftext|>").ShouldBe(7);

    [Fact]
    public void Utf8_and_utf16_of_the_same_text_count_the_same()
    {
        foreach (var text in new Texts(3).Take(2000))
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            O200k.Count(utf8).ShouldBe(O200k.Count(text));
            Cl100k.Count(utf8).ShouldBe(Cl100k.Count(text));
        }
    }

    [Fact]
    public void Invalid_unicode_counts_as_the_replacement_character()
    {
        O200k.Count("a\uD800b").ShouldBe(O200k.Count("a\uFFFDb"));
        O200k.Count([(byte)'a', 0xFF, 0xE4, 0xB8, (byte)'b']).ShouldBe(O200k.Count("a\uFFFD\uFFFDb"));
    }

    [Fact]
    public void Any_bytes_can_be_counted()
    {
        var random = new Random(5);
        var bytes = new byte[64];
        for (var i = 0; i < 20_000; i++)
        {
            var some = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(some);
            O200k.Count(some).ShouldBe(O200k.Count(Encoding.UTF8.GetString(some)));
        }
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var text = string.Join(' ', new Texts(9).Take(500)) + new string('a', 5000);
        var utf8 = Encoding.UTF8.GetBytes(text);

        var least = long.MaxValue;
        for (var round = 0; round < 30; round++)
        {
            // The pools are filled in the first rounds, and the runtime trims them at moments of its own.
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = O200k.Count(utf8) + O200k.Count(text);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void Without_an_encoding_four_bytes_are_a_token(int bytes, long tokens)
    {
        var counter = TokenCounter.ForModel("claude-sonnet-4-5");
        counter.IsExact.ShouldBeFalse();
        counter.Name.ShouldBe("estimate");
        counter.Count(new string('x', bytes)).ShouldBe(tokens);
        counter.Count(new byte[bytes]).ShouldBe(tokens);
    }

    [Fact]
    public void A_chat_of_three_messages_with_one_name_costs_thirteen_tokens_more_than_its_texts() =>
        TokenCounter.ChatOverhead(messages: 3, names: 1).ShouldBe(13);
}
