using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Tests.Stores;

/// <summary>The gathered bytes alone, in front of a file that is an array, and that can be told to fail.</summary>
public sealed unsafe class CoalescedWalTests : IDisposable
{
    private const int Length = 2_000_000;

    private static readonly byte[] Written = new byte[Length];
    private static int _failures,
        _writes,
        _syncs;

    private readonly NativeFileMethods* _methods = (NativeFileMethods*)
        NativeMemory.AllocZeroed((nuint)sizeof(NativeFileMethods));
    private readonly NativeFile* _file = (NativeFile*)NativeMemory.AllocZeroed((nuint)sizeof(NativeFile));

    public CoalescedWalTests()
    {
        Array.Clear(Written);
        (_failures, _writes, _syncs) = (0, 0, 0);
        _methods->Write = &Write;
        _methods->Sync = &Sync;
        _methods->Close = &Close;
    }

    public void Dispose()
    {
        NativeMemory.Free(_methods);
        NativeMemory.Free(_file);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_sent_bytes_are_the_written_bytes(int seed)
    {
        var random = new Random(seed);
        var expected = new byte[Length];
        var log = new CoalescedWal(_methods);
        long position = 0;
        for (var step = 0; step < 2000; step++)
        {
            var bytes = new byte[random.Next(10) == 0 ? random.Next(130_000) : random.Next(5000)];
            random.NextBytes(bytes);
            // Mostly where the last one ended, as SQLite writes; else anywhere, over what is gathered, too.
            if (random.Next(20) == 0 || position + bytes.Length > Length)
                position = random.Next(Length - bytes.Length);
            fixed (byte* first = bytes)
                log.Write(_file, first, bytes.Length, position).ShouldBe(raw.SQLITE_OK);
            bytes.CopyTo(expected, position);
            position += bytes.Length;
            if (random.Next(20) != 0)
                continue;
            log.Flush(_file).ShouldBe(raw.SQLITE_OK);
            Written.AsSpan().SequenceEqual(expected).ShouldBeTrue();
        }

        log.Close(_file).ShouldBe(raw.SQLITE_OK);
        Written.AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }

    [Fact]
    public void A_failed_write_is_reported_once_and_forgotten()
    {
        var log = new CoalescedWal(_methods);
        byte one = 1,
            two = 2;
        log.Write(_file, &one, 1, 10).ShouldBe(raw.SQLITE_OK);

        _failures = 1;
        log.Flush(_file).ShouldBe(raw.SQLITE_FULL);
        log.Flush(_file).ShouldBe(raw.SQLITE_OK);
        log.Write(_file, &two, 1, 10).ShouldBe(raw.SQLITE_OK);
        log.Close(_file).ShouldBe(raw.SQLITE_OK);

        (_writes, Written[10]).ShouldBe((1, (byte)2));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(0x13, 1)] // Only the data, completely.
    public void The_disk_is_flushed_only_if_a_full_flush_is_demanded(int flags, int expected)
    {
        var log = new CoalescedWal(_methods);
        byte one = 1;
        log.Write(_file, &one, 1, 10).ShouldBe(raw.SQLITE_OK);

        log.Sync(_file, flags).ShouldBe(raw.SQLITE_OK);

        (_writes, _syncs).ShouldBe((1, expected));
        log.Close(_file).ShouldBe(raw.SQLITE_OK);
    }

    [Fact]
    public void A_flush_fails_if_its_write_fails()
    {
        var log = new CoalescedWal(_methods);
        byte one = 1;
        log.Write(_file, &one, 1, 10).ShouldBe(raw.SQLITE_OK);

        _failures = 1;
        log.Sync(_file, 3).ShouldBe(raw.SQLITE_FULL);

        _syncs.ShouldBe(0);
        log.Close(_file).ShouldBe(raw.SQLITE_OK);
    }

    [Fact]
    public void A_write_elsewhere_reveals_that_the_previous_one_failed()
    {
        var log = new CoalescedWal(_methods);
        byte one = 1;
        log.Write(_file, &one, 1, 10).ShouldBe(raw.SQLITE_OK);

        _failures = 1;
        log.Write(_file, &one, 1, 5000).ShouldBe(raw.SQLITE_FULL);
        log.Close(_file).ShouldBe(raw.SQLITE_OK);

        _writes.ShouldBe(0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, byte* bytes, int count, long position)
    {
        if (_failures-- > 0)
            return raw.SQLITE_FULL;
        if (count >= 1 << 17)
            return raw.SQLITE_IOERR; // SQLite's own would take the remainder only.
        _writes++;
        new ReadOnlySpan<byte>(bytes, count).CopyTo(Written.AsSpan((int)position));
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
    {
        _syncs++;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file) => raw.SQLITE_OK;
}
