using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>
/// Writes the position of a record as an opaque text, with a checksum and the order to which it belongs.
/// </summary>
internal static class CallCursor
{
    private const int ChecksumLength = 6,
        MaxLength = 400;

    public static string Encode(UsagePosition position, CallListRequest request)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(request)}|{position.Value}|{position.StartedAt.ToMicros()}|{position.Id.Call:N}|"
                + $"{position.Id.Attempt}"
        );
        var bytes = Encoding.ASCII.GetBytes(text);
        return Base64Url.EncodeToString([.. Checksum(bytes), .. bytes]);
    }

    /// <exception cref="OperationException">It is not a cursor, or one of another order.</exception>
    public static UsagePosition Decode(string field, string cursor, CallListRequest request)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            throw CreateException(field);
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (
            bytes.Length < ChecksumLength
            || !Checksum(bytes.AsSpan(ChecksumLength)).SequenceEqual(bytes[..ChecksumLength])
        )
            throw CreateException(field);
        string[] parts = Encoding.ASCII.GetString(bytes.AsSpan(ChecksumLength)).Split('|');
        if (parts.Length != 5)
            throw CreateException(field);
        if (parts[0] != Name(request))
            throw FieldRules.CreateException(
                field,
                $"'{field}' is a cursor of another order. Start again at the first page when the order changes."
            );
        return Parse(parts) ?? throw CreateException(field);
    }

    private static UsagePosition? Parse(string[] parts)
    {
        var culture = CultureInfo.InvariantCulture;
        if (
            !decimal.TryParse(parts[1], NumberStyles.Float, culture, out var value)
            || !long.TryParse(parts[2], NumberStyles.AllowLeadingSign, culture, out var micros)
            || !Guid.TryParseExact(parts[3], "N", out var call)
            || !int.TryParse(parts[4], NumberStyles.None, culture, out var attempt)
            || micros < DateTimeOffset.MinValue.ToMicros()
            || micros > DateTimeOffset.MaxValue.ToMicros()
        )
            return null;
        return new UsagePosition(StoredTime.ToTime(micros), new CallId(call, attempt)) { Value = value };
    }

    private static string Name(CallListRequest request) => $"{request.Sort}{(request.IsAscending ? '+' : '-')}";

    private static byte[] Checksum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..ChecksumLength];

    private static OperationException CreateException(string field) =>
        FieldRules.CreateException(
            field,
            $"'{field}' is not a valid cursor. Copy 'next' or 'previous' of a page, or leave it out for the first page."
        );
}
