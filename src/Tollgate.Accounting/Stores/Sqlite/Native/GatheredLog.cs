using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// What a connection has written to its write-ahead log and the kernel has not: bytes that follow one another. It lies
/// in the memory that SQLite keeps for an open file, and ends with <see cref="Close"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GatheredLog
{
    /// <summary>
    /// Nearly thirty pages, the commit of some forty calls; what is longer goes in several pieces. SQLite's file system
    /// for Unix writes no more than 131,071 bytes at once: of a longer piece it takes the remainder, and calls the disk
    /// full.
    /// </summary>
    private const int Capacity = 120 * 1024;

    /// <summary>The methods of the real file.</summary>
    public readonly NativeFileMethods* Real;

    private NativeFileMethods _methods;
    private byte* _bytes;
    private int _length;
    private long _position;

    public GatheredLog(NativeFileMethods* real)
    {
        Real = real;
        _methods = *real;
    }

    /// <summary>The methods of this file; those of the real one until others are set.</summary>
    public NativeFileMethods* Methods => (NativeFileMethods*)Unsafe.AsPointer(ref _methods);

    /// <summary>Takes what continues what is there. Else that is sent before.</summary>
    public int Write(NativeFile* file, byte* bytes, int count, long position)
    {
        if (position != _position + _length || count > Capacity - _length)
        {
            var code = Send(file);
            if (code != raw.SQLITE_OK)
                return code;
        }

        if (count > Capacity)
            return Real->Write(file, bytes, count, position);
        if (_bytes is null)
            _bytes = (byte*)NativeMemory.Alloc(Capacity);
        if (_length == 0)
            _position = position;
        new ReadOnlySpan<byte>(bytes, count).CopyTo(new Span<byte>(_bytes + _length, count));
        _length += count;
        return raw.SQLITE_OK;
    }

    /// <summary>
    /// Hands all of it to the kernel. Where that fails the bytes are gone, as if they had been refused when they were
    /// written: SQLite takes the transaction back.
    /// </summary>
    public int Send(NativeFile* file)
    {
        if (_length == 0)
            return raw.SQLITE_OK;
        var count = _length;
        _length = 0;
        return Real->Write(file, _bytes, count, _position);
    }

    public int Close(NativeFile* file)
    {
        var sent = Send(file);
        NativeMemory.Free(_bytes);
        _bytes = null;
        file->Methods = Real;
        var closed = Real->Close(file);
        return sent == raw.SQLITE_OK ? closed : sent;
    }
}
