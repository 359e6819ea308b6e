using System.Text;

namespace Tollgate.Operations.Problems;

/// <summary>Reads a small text file, or reports why it cannot.</summary>
internal static class ConfigurationTextFile
{
    /// <summary>The maximum size of a configuration file, in bytes.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Returns the text; null if a problem was added instead.</summary>
    public static string? Read(string path, ProblemList problems)
    {
        if (Directory.Exists(path))
            return Fail("is a folder. Name a file in it.");
        try
        {
            return ReadBytes(path) is { } bytes
                ? Decode(bytes)
                : Fail($"is larger than {Limit / 1024} KiB, so it is not a configuration.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail("does not exist.");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Fail($"cannot be read: {exception.Message}");
        }

        string? Decode(byte[] bytes)
        {
            try
            {
                var text = Strict.GetString(bytes).TrimStart('\uFEFF');
                // The YAML scanner would treat NUL as the end, and silently ignore the rest of the file.
                return text.Contains('\0') ? Fail("contains a NUL character, so it is not a text file.") : text;
            }
            catch (DecoderFallbackException)
            {
                return Fail("is not UTF-8 text. Save it as UTF-8.");
            }
        }

        string? Fail(string message)
        {
            problems.Error(path, "", "The file " + message);
            return null;
        }
    }

    /// <summary>
    /// Returns the bytes; null if there are too many. Does not query the length: pipes and devices have none.
    /// </summary>
    private static byte[]? ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Limit + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > Limit ? null : bytes[..length];
    }
}
