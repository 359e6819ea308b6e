namespace Tollgate.Tests.Architecture;

/// <summary>The repository's own files, without what a build makes or a package manager installs.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made = ["obj", "bin", "node_modules", ".git", "packages"];

    public static IEnumerable<string> CSharp(params string[] folders) => Find("*.cs", folders);

    public static IEnumerable<string> Markdown() =>
        Find("*.md", "docs", "src", "bench", "samples").Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));

    public static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    private static IEnumerable<string> Find(string pattern, params string[] folders) =>
        folders
            .Select(folder => Path.Combine(Repository.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Where(file => !Relative(file).Split(Path.DirectorySeparatorChar).Any(Made.Contains))
            .Order(StringComparer.Ordinal);
}
