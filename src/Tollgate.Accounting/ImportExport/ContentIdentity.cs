using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Accounting.ImportExport;

/// <summary>
/// An identity derived from a row's contents: the same row of the same file is the same record, however often it is
/// imported. Identical rows are distinguished by their ordinal.
/// </summary>
internal sealed class ContentIdentity
{
    private readonly Dictionary<UInt128, int> _seen = [];

    /// <summary>Creates a UUIDv7 with the row's time, whose random part is a hash of its contents.</summary>
    public Guid FromRow(FieldRow row, DateTimeOffset at)
    {
        var contents = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', row.Values)));
        var key = BinaryPrimitives.ReadUInt128LittleEndian(contents);
        var number = _seen[key] = _seen.GetValueOrDefault(key) + 1;
        Span<byte> bytes = stackalloc byte[36];
        contents.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], number);
        return FromHash(SHA256.HashData(bytes), at);
    }

    /// <summary>RFC 9562, section 5.7: 48 bits of milliseconds, version, 12 bits, variant, 62 bits.</summary>
    public static Guid FromHash(ReadOnlySpan<byte> hash, DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        hash[..16].CopyTo(id);
        var milliseconds = at.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(id[2..], (uint)milliseconds);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
