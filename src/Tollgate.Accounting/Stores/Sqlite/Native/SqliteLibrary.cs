using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// Chooses the native SQLite: the system's, where it is newer than the bundled 3.35.5, else the bundled one.
/// <c>TOLLGATE_SQLITE=bundled</c> forces the latter. A program that has used SQLite before keeps what it has: each
/// function is bound when it is first called, and a connection that one library opened must not come into the hands of
/// the other, which ends the process.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const int BundledVersion = 3_035_005;

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    private static IntPtr _system;

    /// <summary>
    /// The version of the library in use. Asking for it loads the library, which must come before any other use.
    /// </summary>
    public static string Version => Loaded.Value;

    /// <summary>The library in use, for what its .NET wrapper does not offer; zero where it cannot be had.</summary>
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

    /// <summary>Whether somebody else in this process has had the bundled library loaded.</summary>
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
        return _system = VersionOf(system) > BundledVersion ? system : IntPtr.Zero;
    }

    private static unsafe int VersionOf(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged<int>)function)()
            : 0;
}
