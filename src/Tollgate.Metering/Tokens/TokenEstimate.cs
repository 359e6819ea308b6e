namespace Tollgate.Metering.Tokens;

/// <summary>
/// The number of tokens where nobody knows it: the bytes of UTF-8 by four, rounded up. OpenAI gives four characters of
/// English for a token (help.openai.com, "What are tokens and how to count them?"); counting bytes instead gives other
/// scripts, which take more tokens a character, two to three times as many.
/// </summary>
public static class TokenEstimate
{
    /// <summary>Bytes of text that are counted as one token.</summary>
    public const int BytesPerToken = 4;

    /// <summary>The estimate for a text of so many bytes; 0 for none.</summary>
    public static long OfBytes(long bytes) => bytes / BytesPerToken + (bytes % BytesPerToken > 0 ? 1 : 0);
}
