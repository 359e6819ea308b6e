namespace Tollgate.Tests;

/// <summary>Where the working tree is, for tests that run what is in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tollgate.slnx")))
            folder =
                folder.Parent
                ?? throw new InvalidOperationException($"No Tollgate.slnx above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
