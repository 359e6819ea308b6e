using System.Globalization;
using System.Text;

namespace Tollgate.Accounting.ImportExport;

/// <summary>Writes rows of CSV according to RFC 4180, with line feeds, in chunks.</summary>
internal sealed class CsvWriter(Stream output)
{
    private const int FlushLength = 64 * 1024;

    private readonly StringBuilder _text = new();

    /// <summary>Appends one row, and flushes if enough has accumulated.</summary>
    public async Task AddAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                _text.Append(',');
            AppendField(FormatValue(values[i]));
        }

        _text.Append('\n');
        if (_text.Length >= FlushLength)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Flushes the rest.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), cancellationToken);
        _text.Clear();
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
