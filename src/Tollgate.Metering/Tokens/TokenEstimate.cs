namespace Tollgate.Metering.Tokens;

/// <summary>
/// Estimates the number of tokens if it is unknown: the number of UTF-8 bytes divided by four, rounded up. OpenAI
/// quotes four characters of English per token (help.openai.com, "What are tokens and how to count them?"); counting
/// bytes instead gives other scripts, which need more tokens per character, two to three times as many.
/// </summary>
public static class TokenEstimate
{
    /// <summary>Bytes of text that are counted as one token.</summary>
    public const int BytesPerToken = 4;

    /// <summary>The estimate for a text of that many bytes; 0 for none.</summary>
    public static long FromByteCount(long bytes) => bytes / BytesPerToken + (bytes % BytesPerToken > 0 ? 1 : 0);
}
