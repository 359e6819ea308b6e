using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite.Native;

/// <summary>
/// A buffer for consecutive bytes that a connection has written to its write-ahead log and that have not reached the
/// kernel yet. It lies in the memory that SQLite allocates for an open file, and ends with <see cref="Close"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CoalescedWal
{
    /// <summary>
    /// Nearly thirty pages, the commit of about forty calls; longer data is written in several pieces. SQLite's file
    /// system for Unix writes at most 131,071 bytes at once: it truncates a longer piece, and reports a full disk.
    /// </summary>
    private const int Capacity = 120 * 1024;

    /// <summary>SQLITE_SYNC_FULL; SQLITE_SYNC_NORMAL is 2.</summary>
    private const int FullSync = 3;

    /// <summary>The methods of the real file.</summary>
    public readonly NativeFileMethods* Real;

    private NativeFileMethods _methods;
    private byte* _bytes;
    private int _length;
    private long _position;

    public CoalescedWal(NativeFileMethods* real)
    {
        Real = real;
        _methods = *real;
    }

    /// <summary>The methods of this file, initially those of the real one.</summary>
    public NativeFileMethods* Methods => (NativeFileMethods*)Unsafe.AsPointer(ref _methods);

    /// <summary>Buffers bytes that follow the buffered ones. Otherwise the buffer is flushed first.</summary>
    public int Write(NativeFile* file, byte* bytes, int count, long position)
    {
        if (position != _position + _length || count > Capacity - _length)
        {
            var code = Flush(file);
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
    /// Writes the buffer to the kernel. If that fails the bytes are discarded, as if the original write had failed:
    /// SQLite rolls the transaction back.
    /// </summary>
    public int Flush(NativeFile* file)
    {
        if (_length == 0)
            return raw.SQLITE_OK;
        var count = _length;
        _length = 0;
        return Real->Write(file, _bytes, count, _position);
    }

    /// <summary>
    /// Writes the buffer to the kernel and, if SQLite demands a full flush, has it written to the disk.
    /// </summary>
    public int Sync(NativeFile* file, int flags)
    {
        var code = Flush(file);
        return code == raw.SQLITE_OK && (flags & FullSync) == FullSync ? Real->Sync(file, flags) : code;
    }

    public int Close(NativeFile* file)
    {
        var sent = Flush(file);
        NativeMemory.Free(_bytes);
        _bytes = null;
        file->Methods = Real;
        var closed = Real->Close(file);
        return sent == raw.SQLITE_OK ? closed : sent;
    }
}
