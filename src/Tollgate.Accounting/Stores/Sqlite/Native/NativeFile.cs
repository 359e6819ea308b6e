using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// An open file of SQLite's: <c>sqlite3_file</c> (<see href="https://www.sqlite.org/c3ref/file.html"/>). What follows
/// it in memory is its file system's.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeFileMethods* Methods;
}

/// <summary>
/// <c>sqlite3_io_methods</c> in its first version (<see href="https://www.sqlite.org/c3ref/io_methods.html"/>), which
/// is all that a log needs: the later ones map memory, which is for databases. Those that are passed on as they are
/// have no types here.
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
/// <c>sqlite3_vfs</c> in its third version (<see href="https://www.sqlite.org/c3ref/vfs.html"/>), the only one since
/// 2011.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFileSystem
{
    public int Version;
    public int FileLength;
    public int LongestPath;
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
