using System.Text;
using Tollgate.Analytics.Flows;

namespace Tollgate.Analytics.Tests.Flows;

/// <summary>Whether a file's first record names what is needed.</summary>
internal static class ReferenceHeader
{
    public static bool IsUsable(byte[] file, FlowOptions options)
    {
        var at = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < file.Length && file[at] is (byte)'\r' or (byte)'\n')
            at++;
        if (
            at == file.Length
            || file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        )
            return false;
        var record = ReferenceRecord.Read(file, at, (byte)options.Delimiter, options.Blocks.Capacity);
        if (record.Flaw is RejectReason.TooLong or RejectReason.UnclosedQuote)
            return false;
        var names = record.Fields.Select(field => Encoding.UTF8.GetString(field).Trim()).ToList();
        var columns = options.Columns;
        string?[] needed =
        [
            columns.CreatedAt,
            columns.FinishedAt,
            columns.TokensIn,
            columns.TokensOut,
            columns.Group,
            .. options.Where.Select(filter => filter.Column),
        ];
        return needed
            .OfType<string>()
            .All(name => names.Count(found => string.Equals(found, name, StringComparison.OrdinalIgnoreCase)) == 1);
    }
}
