using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Native;

/// <summary>
/// Loads the SQLite that a native program for Linux carries within itself, so that the program is one file. The
/// library is placed in memory, since a dynamic library can only be loaded from a file. Programs that are not compiled
/// natively have it in a file next to them, and do not need this.
/// </summary>
internal static partial class EmbeddedSqlite
{
    private const string Library = "e_sqlite3";
    private const string Resource = "lib" + Library + ".so";

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

    private static IntPtr Load()
    {
        // Its own file name in /proc keeps the memory readable until it is loaded; the mapping outlives the descriptor.
        var descriptor = CreateMemoryFile(Resource, CloseOnExec);
        if (descriptor < 0)
            return LoadFromDisk();
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        using (var file = new FileStream(handle, FileAccess.Write, bufferSize: 0))
        {
            CopyTo(file);
            return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
        }
    }

    /// <summary>For kernels that forbid executable memory files (<c>vm.memfd_noexec</c>).</summary>
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

    private const uint CloseOnExec = 1;

    /// <summary>memfd_create(2).</summary>
    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
