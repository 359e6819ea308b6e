using System.Globalization;
using System.Text;

namespace Tollgate.Accounting.ImportExport.Tables;

/// <summary>
/// Writes rows of CSV according to RFC 4180, with a header and line feeds, in chunks. An absent value is an empty
/// field.
/// </summary>
public sealed class CsvWriter : IRowWriter
{
    private const int FlushLength = 64 * 1024;

    private readonly IReadOnlyList<ExportColumn> _columns;
    private readonly Stream _output;
    private readonly StringBuilder _text = new();

    /// <summary>A writer for a table.</summary>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="output">The file; it stays open.</param>
    public CsvWriter(IReadOnlyList<ExportColumn> columns, Stream output)
    {
        _columns = columns;
        _output = output;
        AppendRow(i => columns[i].Name);
    }

    /// <inheritdoc/>
    public async Task AddAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken = default)
    {
        AppendRow(i => _columns[i].ToPlain(values[i]));
        if (_text.Length >= FlushLength)
            await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken = default) => FlushAsync(cancellationToken);

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _output.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), cancellationToken);
        _text.Clear();
    }

    private void AppendRow(Func<int, object?> value)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (i > 0)
                _text.Append(',');
            AppendField(FormatValue(value(i)));
        }

        _text.Append('\n');
    }

    private void AppendField(string field)
    {
        if (!field.AsSpan().ContainsAny(",\"\r\n"))
            _text.Append(field);
        else
            _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>Formats decimals with all their digits and without exponents.</summary>
    private static string FormatValue(object? value) =>
        value switch
        {
            null => "",
            decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => (string)value,
        };
}
