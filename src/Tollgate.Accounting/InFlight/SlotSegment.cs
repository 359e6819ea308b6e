using System.IO.MemoryMappedFiles;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// A range of slots in a journal's file, mapped into memory. Its blocks are allocated on disk before it is mapped: a
/// write to mapped memory on a full disk would end the process.
/// </summary>
internal sealed unsafe class SlotSegment : IDisposable
{
    /// <summary>The number of slots in a segment; 2.5 MiB.</summary>
    public const int SlotsPerSegment = 160;

    private const long Length = (long)SlotsPerSegment * JournalSlot.Size;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _first;

    private SlotSegment(MemoryMappedFile file, MemoryMappedViewAccessor view)
    {
        (_file, _view) = (file, view);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _first = start + view.PointerOffset;
    }

    /// <summary>Extends the file by one segment, and maps it.</summary>
    /// <exception cref="IOException">The disk has no space for it.</exception>
    public static SlotSegment Append(string path, int index)
    {
        using var stream = new FileStream(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0
        );
        Preallocate(stream, index * Length);
        var file = MemoryMappedFile.CreateFromFile(
            stream,
            null,
            0,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: true
        );
        return new SlotSegment(file, file.CreateViewAccessor(index * Length, Length));
    }

    /// <summary>The bytes of one slot.</summary>
    public Span<byte> GetSlot(int index) => new(_first + ((long)index * JournalSlot.Size), JournalSlot.Size);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>Writes zeros: just extending the file would create a hole without blocks.</summary>
    private static void Preallocate(FileStream stream, long from)
    {
        stream.Position = from;
        var zeros = new byte[64 * 1024];
        for (var rest = Length; rest > 0; rest -= zeros.Length)
            stream.Write(zeros, 0, (int)Math.Min(rest, zeros.Length));
        stream.Flush(flushToDisk: true);
    }
}
