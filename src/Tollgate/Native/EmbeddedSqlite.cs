using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Native;

/// <summary>
/// Loads the SQLite that a native program for Linux carries within itself, so that the program is one file. A dynamic
/// library can only be loaded from a file, so it is copied to one in memory. Programs that are not compiled natively
/// have the library next to them, and do not need this.
/// </summary>
internal static partial class EmbeddedSqlite
{
    private const string Library = "e_sqlite3";
    private const string Resource = "lib" + Library + ".so";
    private const uint CloseOnExec = 1;

    private static readonly Lazy<IntPtr> Loaded = new(Load);

    /// <summary>Makes SQLite available. Call it before anything uses SQLite.</summary>
    public static void Register()
    {
        if (typeof(EmbeddedSqlite).Assembly.GetManifestResourceInfo(Resource) is null)
            return;
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(UsageLedger).Assembly, Resolve);
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library ? Loaded.Value : IntPtr.Zero;

    private static IntPtr Load() => TryLoadFromMemory(out var library) ? library : LoadFromDisk();

    /// <summary>
    /// Returns false where the kernel forbids executable files in memory (<c>vm.memfd_noexec</c>), or where
    /// <c>/proc</c> is missing.
    /// </summary>
    private static bool TryLoadFromMemory(out IntPtr library)
    {
        library = IntPtr.Zero;
        var descriptor = CreateMemoryFile(Resource, CloseOnExec);
        if (descriptor < 0)
            return false;
        // The library remains mapped after its file is closed.
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        using var file = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        CopyTo(file);
        return NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out library);
    }

    private static IntPtr LoadFromDisk()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-");
        try
        {
            var path = Path.Combine(folder.FullName, Resource);
            using (var file = File.Create(path))
                CopyTo(file);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CopyTo(Stream file)
    {
        using var library = typeof(EmbeddedSqlite).Assembly.GetManifestResourceStream(Resource)!;
        library.CopyTo(file);
    }

    /// <summary>memfd_create(2).</summary>
    /// <returns>A file descriptor, or -1.</returns>
    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
