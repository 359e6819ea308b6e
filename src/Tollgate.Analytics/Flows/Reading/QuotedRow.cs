using Tollgate.Analytics.Flows.Csv;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>A record in which fields may be quoted.</summary>
internal readonly ref struct QuotedRow(QuotedFields fields, ReadOnlySpan<byte> text) : IFlowRow
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Fields => fields.Count;

    public ReadOnlySpan<byte> Text => _text;

    public ReadOnlySpan<byte> this[int column] => fields.Field(column);
}
