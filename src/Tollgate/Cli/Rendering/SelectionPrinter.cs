using Tollgate.Accounting.Stores;

namespace Tollgate.Cli.Rendering;

/// <summary>
/// Streams the rows of a user's statement; a table for a terminal is buffered until its widths are known.
/// </summary>
/// <param name="output">The output.</param>
/// <param name="format">One of <see cref="ResultTable.Formats"/>.</param>
/// <param name="limit">The maximum number of rows; null for all.</param>
internal sealed class SelectionPrinter(TextWriter output, string format, int? limit) : ISqlRowReceiver, IDisposable
{
    private readonly List<object?[]>? _table = format == "table" && ResultTable.IsTerminal(output) ? [] : null;
    private IReadOnlyList<string> _columns = [];
    private TableWriter? _rows;
    private int _count;

    /// <summary>True if there were more rows than requested.</summary>
    public bool IsCut { get; private set; }

    public void Begin(IReadOnlyList<string> columns)
    {
        _columns = columns;
        if (_table is null)
            _rows = TableWriter.For(output, format, columns);
    }

    public bool Add(IReadOnlyList<object?> row)
    {
        IsCut = _count == limit;
        if (IsCut)
            return false;
        _count++;
        object?[] cells = [.. row.Select(static cell => cell is byte[] bytes ? Convert.ToHexString(bytes) : cell)];
        if (_table is null)
            _rows!.Add(cells);
        else
            _table.Add(cells);
        return true;
    }

    /// <summary>Prints the buffered rows once all requested rows have been read.</summary>
    public void End()
    {
        if (_table is not null)
            new ResultTable(_columns, _table).Print(output, format);
        _rows?.End();
    }

    public void Dispose() => _rows?.Dispose();
}
