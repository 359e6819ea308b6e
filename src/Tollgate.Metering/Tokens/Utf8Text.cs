using System.Buffers;
using System.Text.Unicode;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// A text as valid UTF-8 in pooled memory. Invalid input becomes U+FFFD: one for a lone surrogate, as in tiktoken's
/// Python and JavaScript bindings; one for each maximal subpart of a byte sequence, as in WHATWG's decoder.
/// </summary>
internal ref struct Utf8Text : IDisposable
{
    private byte[]? _rented;

    private Utf8Text(byte[] rented, int length)
    {
        _rented = rented;
        Bytes = rented.AsSpan(0, length);
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Encodes UTF-16.</summary>
    public static Utf8Text FromUtf16(ReadOnlySpan<char> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(checked(3 * text.Length));
        // Not Encoding.UTF8: it allocates a buffer for replacements.
        Utf8.FromUtf16(text, rented, out _, out var length);
        return new Utf8Text(rented, length);
    }

    /// <summary>Replaces invalid UTF-8.</summary>
    public static Utf8Text FromInvalidUtf8(ReadOnlySpan<byte> text)
    {
        var chars = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            Utf8.ToUtf16(text, chars, out _, out var length);
            return FromUtf16(chars.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    /// <summary>True if the bytes can be used as they are.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => Utf8.IsValid(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }
}
