using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// SQLite's own file system with one change: consecutive writes to a write-ahead log reach the kernel in one piece.
/// SQLite writes each page of a commit with two calls, one for the page and one for the 24 bytes before it.
/// docs/decisions/0012-coalesced-wal.md explains why this is safe. For connections with <c>synchronous=FULL</c> only:
/// the flush at the end of each commit also writes the buffered piece. The disk itself is flushed only where SQLite
/// demands a full flush: at each commit with <c>fullfsync=1</c>, otherwise, with <c>checkpoint_fullfsync=1</c>, at
/// checkpoints and when the log is restarted.
/// </summary>
internal static unsafe class WriteCoalescingVfs
{
    private const string OwnName = "tollgate-coalescing";
    private const int MethodsVersion = 1;

    private static readonly Lazy<string> Registered = new(Register);

    private static NativeFileSystem* _real;

    /// <summary>The name with which to open a database.</summary>
    public static string Name => Registered.Value;

    /// <summary>The offset after the real file, aligned for pointers.</summary>
    private static int LogOffset => (_real->FileLength + sizeof(void*) - 1) / sizeof(void*) * sizeof(void*);

    private static string Register()
    {
        SqliteLibrary.EnsureLoaded();
        _real = NativeMethods.FindFileSystem(null);
        // For as long as the process runs.
        var own = (NativeFileSystem*)NativeMemory.Alloc((nuint)sizeof(NativeFileSystem));
        *own = *_real;
        own->Next = null;
        own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(OwnName);
        own->FileLength = LogOffset + sizeof(CoalescedWal);
        own->Open = &Open;
        const int asDefault = 0;
        var code = NativeMethods.RegisterFileSystem(own, asDefault);
        return code == raw.SQLITE_OK
            ? OwnName
            : throw new InvalidOperationException($"SQLite cannot register the file system '{OwnName}': code {code}.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeFileSystem* own, byte* path, NativeFile* file, int flags, int* outFlags)
    {
        var code = _real->Open(_real, path, file, flags, outFlags);
        if (code != raw.SQLITE_OK || (flags & raw.SQLITE_OPEN_WAL) == 0)
            return code;
        *Log(file) = new CoalescedWal(file->Methods);
        var methods = Log(file)->Methods;
        methods->Version = MethodsVersion;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        methods->Size = &Size;
        methods->Control = &Control;
        file->Methods = methods;
        return raw.SQLITE_OK;
    }

    private static CoalescedWal* Log(NativeFile* file) => (CoalescedWal*)((byte*)file + LogOffset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file) => Log(file)->Close(file);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, byte* bytes, int count, long position)
    {
        var code = Log(file)->Flush(file);
        return code == raw.SQLITE_OK ? Log(file)->Real->Read(file, bytes, count, position) : code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, byte* bytes, int count, long position) =>
        Log(file)->Write(file, bytes, count, position);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length)
    {
        var code = Log(file)->Flush(file);
        return code == raw.SQLITE_OK ? Log(file)->Real->Truncate(file, length) : code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags) => Log(file)->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(NativeFile* file, long* length)
    {
        var code = Log(file)->Flush(file);
        return code == raw.SQLITE_OK ? Log(file)->Real->Size(file, length) : code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(NativeFile* file, int operation, void* argument)
    {
        var code = Log(file)->Flush(file);
        return code == raw.SQLITE_OK ? Log(file)->Real->Control(file, operation, argument) : code;
    }
}
