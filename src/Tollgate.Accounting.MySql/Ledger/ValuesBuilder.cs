using System.Globalization;
using System.Text;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// Writes the rows of one INSERT: <c>(…), (…)</c>. Texts and bytes are written as hexadecimal digits, so that no
/// character can have a special meaning, whatever the session's settings are; parameters, 50 per record, would cost the
/// driver more than the insert costs the server.
/// </summary>
internal sealed class ValuesBuilder(string before, string behind)
{
    /// <summary>
    /// The length after which a statement is sent: far below the smallest default max_allowed_packet (16 MiB; formerly
    /// 1 MiB).
    /// </summary>
    private const int MaxLength = 256 * 1024;

    /// <summary>A longer statement contains a very large record. In ASCII, so in characters as in bytes.</summary>
    public const int UsualMaxLength = 2 * MaxLength;

    private readonly StringBuilder _text = new(before);
    private bool _inRow;

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>True if the next row must go into another statement.</summary>
    public bool IsFull => _text.Length >= MaxLength;

    public ValuesBuilder Begin()
    {
        _text.Append(Rows++ == 0 ? "(" : ",\n(");
        _inRow = false;
        return this;
    }

    public void End() => _text.Append(')');

    public override string ToString() => _text + behind;

    public ValuesBuilder Add(long number)
    {
        Next().Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    public ValuesBuilder Add(long? number) => number is { } value ? Add(value) : AddNull();

    public ValuesBuilder Add(decimal? number)
    {
        if (number is not { } value)
            return AddNull();
        Next().Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    public ValuesBuilder Add(string? text)
    {
        if (text is null)
            return AddNull();
        Next().Append("_utf8mb4 X'").Append(Convert.ToHexString(Encoding.UTF8.GetBytes(text))).Append('\'');
        return this;
    }

    public ValuesBuilder AddAll(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            Add(text);
        return this;
    }

    public ValuesBuilder Add(ReadOnlySpan<byte> bytes)
    {
        Next().Append("X'").Append(Convert.ToHexString(bytes)).Append('\'');
        return this;
    }

    public ValuesBuilder Add(Guid id) => Add(id.ToByteArray(bigEndian: true));

    public ValuesBuilder Add(in TokenUsage usage)
    {
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            Add(usage[(UsageKind)kind]);
        return this;
    }

    /// <summary>In the order of <see cref="UsageColumnSql.Sums"/>.</summary>
    public ValuesBuilder Add(UsageTotals totals) =>
        Add(totals.Calls)
            .Add(totals.Errors)
            .Add(totals.Estimated)
            .Add(totals.Unpriced)
            .Add((decimal?)totals.Cost.Usd)
            .Add(totals.Duration.ToMicros())
            .Add(totals.Usage);

    public ValuesBuilder AddNull()
    {
        Next().Append("NULL");
        return this;
    }

    private StringBuilder Next()
    {
        if (_inRow)
            _text.Append(',');
        _inRow = true;
        return _text;
    }
}
