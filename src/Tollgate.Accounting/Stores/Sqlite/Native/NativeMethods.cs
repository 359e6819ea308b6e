using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// The functions of SQLite that its .NET wrapper lacks (<see href="https://www.sqlite.org/c3ref/vfs_find.html"/>).
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "e_sqlite3";

    /// <summary>Finds a file system by its name; the default one for null.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    internal static partial NativeFileSystem* FindFileSystem(byte* name);

    /// <summary>Registers a file system, which must remain valid as long as the process runs.</summary>
    /// <returns>A result code of SQLite.</returns>
    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    internal static partial int RegisterFileSystem(NativeFileSystem* fileSystem, int asDefault);
}
