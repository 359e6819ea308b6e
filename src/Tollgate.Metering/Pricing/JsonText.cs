using System.Text.Json;

namespace Tollgate.Metering.Pricing;

/// <summary>Handles JSON problems that precede the content.</summary>
internal static class JsonText
{
    /// <summary>The text without the byte order mark that some editors prepend.</summary>
    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>
    /// True if the exception means that the text is not JSON, or (the second type) that a string in it is not Unicode.
    /// </summary>
    public static bool IsInvalidJson(Exception e) => e is JsonException or InvalidOperationException;
}
