using System.Text;

namespace Tollgate.Tokens.Bench;

/// <summary>The texts to count: found on every machine that can build this, or generated from a seed.</summary>
internal static class Corpora
{
    private static readonly (int First, int Last, int Longest)[] Scripts =
    [
        (0x61, 0x7A, 9),
        (0x430, 0x44F, 10),
        (0x3B1, 0x3C9, 9),
        (0x4E00, 0x9FA5, 6),
        (0x3041, 0x3093, 6),
        (0xAC00, 0xD7A3, 5),
        (0x628, 0x64A, 7),
        (0x905, 0x939, 6),
        (0x1F600, 0x1F64F, 2),
    ];

    /// <summary>Writes the texts into a folder; returns the name and file of each.</summary>
    public static IReadOnlyList<(string Name, string File)> Write(string folder, string repository)
    {
        Directory.CreateDirectory(folder);
        return
        [
            Write("English", English()),
            Write("C# code", Code(repository)),
            Write("scripts", Mixed(1 << 19)),
            Write("one letter", new string('a', 100_000)),
        ];

        (string, string) Write(string name, string text)
        {
            var file = Path.Combine(folder, $"{name}.txt");
            File.WriteAllText(file, text);
            return (name, file);
        }
    }

    /// <summary>The documentation of the base library, which comes with the SDK: prose with tags.</summary>
    private static string English()
    {
        var packs = Path.GetFullPath(
            Path.Combine(
                Path.GetDirectoryName(typeof(object).Assembly.Location)!,
                "..",
                "..",
                "..",
                "packs",
                "Microsoft.NETCore.App.Ref"
            )
        );
        return File.ReadAllText(
            Directory.EnumerateFiles(packs, "System.Runtime.xml", SearchOption.AllDirectories).Order().First()
        );
    }

    private static string Code(string repository) =>
        string.Concat(
            Directory
                .EnumerateFiles(repository, "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains("/obj/", StringComparison.Ordinal)
                    && !file.Contains("/bin/", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );

    /// <summary>
    /// Words of random letters in nine scripts: few are tokens, so this measures the merging of pieces.
    /// </summary>
    private static string Mixed(int length)
    {
        var random = new Random(1);
        var text = new StringBuilder(length + 64);
        while (text.Length < length)
        {
            var (first, last, longest) = Scripts[random.Next(Scripts.Length)];
            for (var letters = random.Next(1, longest + 1); letters > 0; letters--)
                text.Append(new Rune(random.Next(first, last + 1)));
            text.Append(random.Next(12) == 0 ? ".\n" : " ");
        }

        return text.ToString();
    }
}
