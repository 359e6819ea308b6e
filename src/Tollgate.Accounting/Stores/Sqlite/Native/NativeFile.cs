using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// An open file of SQLite: <c>sqlite3_file</c> (<see href="https://www.sqlite.org/c3ref/file.html"/>). The memory after
/// it belongs to its file system.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeFileMethods* Methods;
}

/// <summary>
/// <c>sqlite3_io_methods</c> in version 1 (<see href="https://www.sqlite.org/c3ref/io_methods.html"/>), which is
/// enough for a log: later versions add memory mapping, which is for databases. Methods that are passed through
/// unchanged are untyped here.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<NativeFile*, long*, int> Size;
    public void* Lock,
        Unlock,
        CheckReservedLock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, void*, int> Control;
    public void* SectorSize,
        DeviceCharacteristics;
}

/// <summary>
/// <c>sqlite3_vfs</c> in version 3 (<see href="https://www.sqlite.org/c3ref/vfs.html"/>), the only one since 2011.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFileSystem
{
    public int Version;
    public int FileLength;
    public int MaxPath;
    public NativeFileSystem* Next;
    public byte* Name;
    public void* Data;
    public delegate* unmanaged[Cdecl]<NativeFileSystem*, byte*, NativeFile*, int, int*, int> Open;
    public void* Delete,
        Access,
        FullPath,
        OpenLibrary,
        LibraryError,
        LibrarySymbol,
        CloseLibrary,
        Randomness,
        Sleep,
        Time,
        LastError;
    public void* TimeInMilliseconds;
    public void* SetSystemCall,
        GetSystemCall,
        NextSystemCall;
}
