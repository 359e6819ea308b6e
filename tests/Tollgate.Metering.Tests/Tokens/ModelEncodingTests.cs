using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

public sealed class ModelEncodingTests
{
    [Theory]
    [InlineData("gpt-4o", "o200k_base")]
    [InlineData("gpt-4o-mini-2024-07-18", "o200k_base")]
    [InlineData("chatgpt-4o-latest", "o200k_base")]
    [InlineData("gpt-4.1-nano", "o200k_base")]
    [InlineData("gpt-4.5-preview", "o200k_base")]
    [InlineData("gpt-5", "o200k_base")]
    [InlineData("gpt-5.1-codex", "o200k_base")]
    [InlineData("gpt-oss-120b", "o200k_base")]
    [InlineData("o1", "o200k_base")]
    [InlineData("o3-mini", "o200k_base")]
    [InlineData("o4-mini-2025-04-16", "o200k_base")]
    [InlineData("ft:gpt-4o-mini:acme::abc", "o200k_base")]
    [InlineData("gpt-4", "cl100k_base")]
    [InlineData("gpt-4-turbo", "cl100k_base")]
    [InlineData("gpt-3.5-turbo-0125", "cl100k_base")]
    [InlineData("gpt-35-turbo", "cl100k_base")]
    [InlineData("ft:gpt-4:acme", "cl100k_base")]
    [InlineData("text-embedding-3-large", "cl100k_base")]
    [InlineData("claude-sonnet-4-5", "estimate")]
    [InlineData("gemini-2.5-pro", "estimate")]
    [InlineData("GPT-4o", "estimate")]
    [InlineData("my-gpt-4o", "estimate")]
    [InlineData("gpt-40", "estimate")]
    [InlineData("", "estimate")]
    public void A_model_is_counted_by_the_encoding_of_tiktokens_table(string model, string encoding) =>
        TokenCounter.ForModel(model).Name.ShouldBe(encoding);
}
