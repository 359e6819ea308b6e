using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Cli.Rendering;

/// <summary>Streams rows for programs, so that memory does not grow with their number.</summary>
internal abstract class TableWriter : IDisposable
{
    /// <summary>Prints as JSON, as CSV, or for <c>table</c> as tab-separated lines.</summary>
    public static TableWriter For(TextWriter output, string format, IReadOnlyList<string> titles) =>
        format switch
        {
            "json" => new JsonRows(output, titles),
            "csv" => new Lines(output, ',', Quoted, titles),
            _ => new Lines(output, '\t', ResultTable.Printable, titles),
        };

    /// <summary>Prints a row, possibly buffered.</summary>
    public abstract void Add(IReadOnlyList<object?> row);

    /// <summary>Flushes the buffered rows.</summary>
    public abstract void End();

    public virtual void Dispose() { }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>Buffers lines: the console passes each write to the system immediately.</summary>
    private sealed class Lines : TableWriter
    {
        private const int Enough = 16 * 1024;

        private readonly TextWriter _output;
        private readonly char _separator;
        private readonly Func<string, string> _quote;
        private readonly StringBuilder _text = new();

        public Lines(TextWriter output, char separator, Func<string, string> quote, IReadOnlyList<string> titles)
        {
            (_output, _separator, _quote) = (output, separator, quote);
            _text.AppendJoin(separator, titles).Append(output.NewLine);
        }

        public override void Add(IReadOnlyList<object?> row)
        {
            _text.AppendJoin(_separator, row.Select(cell => _quote(ResultTable.Text(cell)))).Append(_output.NewLine);
            if (_text.Length >= Enough)
                End();
        }

        public override void End()
        {
            _output.Write(_text);
            _text.Clear();
        }
    }

    private sealed class JsonRows : TableWriter
    {
        private const int Enough = 64 * 1024;

        private static readonly JsonWriterOptions Options = new()
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        private readonly TextWriter _output;
        private readonly IReadOnlyList<string> _titles;
        private readonly ArrayBufferWriter<byte> _bytes = new(2 * Enough);
        private readonly Utf8JsonWriter _json;

        public JsonRows(TextWriter output, IReadOnlyList<string> titles)
        {
            (_output, _titles, _json) = (output, titles, new Utf8JsonWriter(_bytes, Options));
            _json.WriteStartArray();
        }

        public override void Add(IReadOnlyList<object?> row)
        {
            _json.WriteStartObject();
            for (var column = 0; column < _titles.Count; column++)
                Add(_titles[column], row[column]);
            _json.WriteEndObject();
            if (_json.BytesPending + _bytes.WrittenCount >= Enough)
                Flush();
        }

        public override void End()
        {
            _json.WriteEndArray();
            Flush();
            _output.WriteLine();
        }

        public override void Dispose() => _json.Dispose();

        private void Add(string title, object? cell)
        {
            _json.WritePropertyName(title);
            switch (cell)
            {
                case null:
                    _json.WriteNullValue();
                    break;
                case bool value:
                    _json.WriteBooleanValue(value);
                    break;
                case long value:
                    _json.WriteNumberValue(value);
                    break;
                case int value:
                    _json.WriteNumberValue(value);
                    break;
                case decimal value:
                    _json.WriteNumberValue(value);
                    break;
                case var value:
                    _json.WriteStringValue(ResultTable.Text(value));
                    break;
            }
        }

        /// <summary>Whole values only, so that no character is split.</summary>
        private void Flush()
        {
            _json.Flush();
            _output.Write(Encoding.UTF8.GetString(_bytes.WrittenSpan));
            _bytes.ResetWrittenCount();
        }
    }
}
