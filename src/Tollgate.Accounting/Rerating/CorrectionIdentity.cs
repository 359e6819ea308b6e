using System.Buffers.Binary;
using System.Security.Cryptography;
using Tollgate.Accounting.ImportExport;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// The identity of a record's next correction. Two processes that correct the same record at the same time create the
/// same identity, so that only one correction is recorded; the other process finds nothing left to do on its next run.
/// </summary>
internal static class CorrectionIdentity
{
    public static CallId Create(UsageRecord record, int corrections)
    {
        Span<byte> contents = stackalloc byte[24];
        record.Id.Call.TryWriteBytes(contents, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(contents[16..], record.Id.Attempt);
        BinaryPrimitives.WriteInt32BigEndian(contents[20..], corrections);
        return new CallId(ContentIdentity.FromHash(SHA256.HashData(contents), record.StartedAt), 1);
    }
}
