using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>The native SQLite, which comes with its package: no library of the system is used.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The library's version. Reading it loads the library.</summary>
    public static string Version => Loaded.Value;

    /// <summary>Loads the library; call it before anything that uses SQLite directly.</summary>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static string Load()
    {
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
