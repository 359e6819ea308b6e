using System.IO.Compression;
using Tollgate.Analytics.Flows;

namespace Tollgate.Operations.Flows;

/// <summary>Resolves file arguments: a path, a pattern, or a hyphen.</summary>
internal static class FlowFiles
{
    /// <summary>Returns the sources that names refer to.</summary>
    /// <param name="names">Paths and patterns; <c>-</c> for the standard input, which an empty list means too.</param>
    /// <param name="openStandardInput">Opens the standard input.</param>
    /// <exception cref="FileNotFoundException">A pattern does not match any file.</exception>
    public static IReadOnlyList<FlowSource> Find(IReadOnlyList<string> names, Func<Stream> openStandardInput)
    {
        var standardInput = new FlowSource("standard input", openStandardInput);
        return names.Count == 0
            ? [standardInput]
            : [.. names.SelectMany(Expand).Select(name => name == "-" ? standardInput : File(name))];
    }

    /// <summary>The total size of all files in bytes; null if unknown.</summary>
    public static long? Size(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Contains("-") || names.Any(IsCompressed))
            return null;
        var files = names.SelectMany(Expand).Select(static name => new FileInfo(name)).ToArray();
        return Array.TrueForAll(files, static file => file.Exists) ? files.Sum(static file => file.Length) : null;
    }

    private static IEnumerable<string> Expand(string name)
    {
        if (!name.AsSpan().ContainsAny('*', '?') || System.IO.File.Exists(name))
            return [name];
        var folder = Path.GetDirectoryName(name) is { Length: > 0 } given ? given : ".";
        string[] found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(name)).Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0 ? found : throw new FileNotFoundException($"No file matches '{name}'.");
    }

    private static FlowSource File(string path) =>
        IsCompressed(path)
            ? new FlowSource(path, () => new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress))
            : FlowSource.File(path);

    private static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
