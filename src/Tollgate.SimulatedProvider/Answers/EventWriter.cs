using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>Writes the events of a stream, as server-sent events or as the elements of one JSON array.</summary>
internal sealed class EventWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly bool _array;
    private bool _first = true;

    public EventWriter(bool array)
    {
        _array = array;
        Json = new Utf8JsonWriter(_buffer);
    }

    /// <summary>Writes the current event's data.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The number of the next event, for dialects that number them.</summary>
    public int Sequence { get; set; }

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Begins an event whose data is an object.</summary>
    public void Begin(string? name = null)
    {
        if (_array)
            _buffer.Write(_first ? "["u8 : ",\r\n"u8);
        else if (name is not null)
            WriteName(name);
        if (!_array)
            _buffer.Write("data: "u8);
        _first = false;
        Json.WriteStartObject();
    }

    public void End()
    {
        Json.WriteEndObject();
        Json.Flush();
        Json.Reset();
        if (!_array)
            _buffer.Write("\n\n"u8);
    }

    /// <summary>Adds raw bytes, such as <c>data: [DONE]</c> or the end of the array.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Dispose() => Json.Dispose();

    private void WriteName(string name)
    {
        _buffer.Write("event: "u8);
        Encoding.UTF8.GetBytes(name, _buffer);
        _buffer.Write("\n"u8);
    }
}
