using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// Selects the native SQLite: the system's if it is newer than the bundled 3.35.5, otherwise the bundled one.
/// <c>TOLLGATE_SQLITE=bundled</c> forces the latter. A program that has already used SQLite keeps its library: each
/// function is bound on its first call, and a connection opened by one library must not be passed to the other, which
/// would crash the process.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const int BundledVersion = 3_035_005;

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    private static IntPtr _system;

    /// <summary>
    /// The version of the library in use. Reading it loads the library, which must happen before any other use.
    /// </summary>
    public static string Version => Loaded.Value;

    /// <summary>The library in use, for features that its .NET wrapper lacks; zero if it is not available.</summary>
    public static IntPtr Handle
    {
        get
        {
            _ = Version;
            if (_system != IntPtr.Zero)
                return _system;
            return NativeLibrary.TryLoad(Bundled, typeof(SQLite3Provider_e_sqlite3).Assembly, null, out var bundled)
                ? bundled
                : IntPtr.Zero;
        }
    }

    private static string LoadOnce()
    {
        if (!IsBundledInUse())
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    /// <summary>True if other code in this process has loaded the bundled library.</summary>
    private static bool IsBundledInUse() =>
        File.Exists("/proc/self/maps")
        && File.ReadLines("/proc/self/maps")
            .Any(static line => line.Contains("lib" + Bundled, StringComparison.Ordinal));

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Bundled || Environment.GetEnvironmentVariable("TOLLGATE_SQLITE") == "bundled")
            return IntPtr.Zero;
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out var system))
            return IntPtr.Zero;
        return _system = ReadVersion(system) > BundledVersion ? system : IntPtr.Zero;
    }

    private static unsafe int ReadVersion(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged<int>)function)()
            : 0;
}
