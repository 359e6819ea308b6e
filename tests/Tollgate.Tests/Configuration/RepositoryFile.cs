namespace Tollgate.Tests.Configuration;

/// <summary>Finds committed files from where the tests run.</summary>
internal static class RepositoryFile
{
    public static string Path(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Tollgate.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder)!;
        return System.IO.Path.Combine(folder, name);
    }
}
