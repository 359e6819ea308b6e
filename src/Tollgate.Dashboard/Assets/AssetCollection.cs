using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Dashboard.Assets;

/// <summary>
/// The files that pages load, from the assembly. The address of each contains a digest of its content, so that browsers
/// keep it for good and load a new version at once.
/// </summary>
internal static class AssetCollection
{
    private const int DigestLength = 10;

    private static readonly FrozenDictionary<string, Asset> ByName = Load();

    private static readonly FrozenDictionary<string, Asset> ByPath = ByName.Values.ToFrozenDictionary(
        static asset => asset.Path,
        StringComparer.Ordinal
    );

    /// <summary>Returns the path of a file, below the program's own.</summary>
    /// <param name="name">The name of the file, such as <c>tollgate.css</c>.</param>
    public static string GetPath(string name) => ByName[name].Path;

    /// <summary>Returns a file by its path; null if there is none.</summary>
    public static Asset? Find(string path) => ByPath.GetValueOrDefault(path);

    private static FrozenDictionary<string, Asset> Load()
    {
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        // Style sheets last: they refer to other files, whose paths must be known.
        foreach (
            var name in typeof(AssetCollection)
                .Assembly.GetManifestResourceNames()
                .Where(static name => GetContentType(name) is not null)
                .OrderBy(static name => name.EndsWith(".css", StringComparison.Ordinal))
        )
            assets[name] = Create(name, Read(name, assets.Values));
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static byte[] Read(string name, IEnumerable<Asset> others)
    {
        using var stream = typeof(AssetCollection).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        if (!name.EndsWith(".css", StringComparison.Ordinal))
            return content;
        var text = Encoding.UTF8.GetString(content);
        foreach (var other in others)
            text = text.Replace(
                $"url(\"{other.Name}\")",
                $"url(\"{other.Path["assets/".Length..]}\")",
                StringComparison.Ordinal
            );
        return Encoding.UTF8.GetBytes(text);
    }

    private static Asset Create(string name, byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content))[..DigestLength];
        var dot = name.LastIndexOf('.');
        var type = GetContentType(name)!;
        return new Asset
        {
            Name = name,
            Path = $"assets/{name[..dot]}.{digest}{name[dot..]}",
            ContentType = type,
            Content = content,
            Compressed = type.StartsWith("font/", StringComparison.Ordinal) ? null : new Lazy<byte[]>(Compress),
        };

        byte[] Compress()
        {
            using var output = new MemoryStream();
            using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize))
                brotli.Write(content);
            return output.ToArray();
        }
    }

    private static string? GetContentType(string name) =>
        Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            _ => null,
        };
}
