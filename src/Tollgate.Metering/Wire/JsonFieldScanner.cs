using System.Buffers;
using System.Text.Json;

namespace Tollgate.Metering.Wire;

/// <summary>Receives the fields that a <see cref="JsonFieldScanner"/> finds, in document order.</summary>
public interface IJsonFields
{
    /// <summary>
    /// An object or array starts at a wanted path; each element object of a wanted array is a separate start.
    /// </summary>
    void OnStart(int field, JsonTokenType token);

    /// <summary>The object or array at a wanted path has ended.</summary>
    void OnEnd(int field, JsonTokenType token);

    /// <summary>A string, number, boolean or null is at a wanted path.</summary>
    void OnValue(int field, ref Utf8JsonReader reader);
}

/// <summary>
/// Scans a JSON text once and reports the fields of a <see cref="JsonPaths"/> tree. The text may come as a whole or in
/// chunks cut anywhere; between chunks, only the reader's state and the bytes of an unfinished token are stored.
/// </summary>
public sealed class JsonFieldScanner
{
    /// <summary>Deeper nesting than this is rejected as malformed.</summary>
    public const int MaxDepth = 512;

    // A longer token that is unfinished at the end of its chunk is not worth its buffer; all wanted names are shorter.
    private const int MaxPartialLength = 4096;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, AllowMultipleValues = false };

    private readonly JsonPaths _paths;
    private readonly IJsonFields _fields;
    private readonly Level[] _levels;
    private int _level;
    private int _pending;
    private int _skipDepth;
    private JsonReaderState _state;
    private byte[]? _partial;
    private int _partialLength;
    private SkippedString _longString;

    /// <summary>Creates a scanner that reports to <paramref name="fields"/>.</summary>
    public JsonFieldScanner(JsonPaths paths, IJsonFields fields)
    {
        _paths = paths;
        _fields = fields;
        // Nested arrays repeat their node, one level each; a few spare levels cover the nesting of real dialects.
        _levels = new Level[paths.Depth * 2 + 8];
        Reset();
    }

    /// <summary>The number of bytes skipped in the current string value, which was too long to store.</summary>
    public long SkippedBytes => _longString.Length;

    /// <summary>Reads one whole JSON text.</summary>
    /// <returns>False if the text is not valid JSON; the fields before the error have been reported.</returns>
    public bool TryReadWhole(ReadOnlySpan<byte> json)
    {
        Reset();
        return TryReadPiece(json, isFinal: true);
    }

    /// <summary>Reads the next chunk of one JSON text.</summary>
    /// <returns>False if the text is not valid JSON, or ends too early.</returns>
    public bool TryReadPiece(ReadOnlySpan<byte> piece, bool isFinal)
    {
        try
        {
            if (_longString.IsUnfinished)
                piece = piece[_longString.Skip(piece)..];
            if (_longString.IsUnfinished && !isFinal)
                return true;
            var unread = WithPartial(piece);
            var reader = new Utf8JsonReader(unread, isFinal, _state);
            while (reader.Read())
            {
                OnToken(ref reader);
                _longString.End();
            }

            _state = reader.CurrentState;
            var rest = unread[(int)reader.BytesConsumed..];
            if (rest.Length > MaxPartialLength && _longString.Begin(rest) is > 0 and var kept)
                rest = rest[..kept];
            StorePartial(rest);
            if (isFinal)
                ReturnPartial();
            return true;
        }
        catch (JsonException)
        {
            ReturnPartial();
            return false;
        }
    }

    private void Reset()
    {
        _level = -1;
        _pending = JsonPaths.Root;
        _skipDepth = -1;
        _state = new JsonReaderState(Options);
        _partialLength = 0;
        _longString.End();
    }

    private void OnToken(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (_skipDepth < 0)
                    _pending = FindChild(ref reader);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Enter(ref reader);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Leave(ref reader);
                break;
            default:
                if (
                    _skipDepth < 0
                    && Target is var node and not JsonPaths.None
                    && _paths.GetField(node) is var field and not JsonPaths.None
                )
                    OnValue(field, ref reader);
                break;
        }
    }

    private void OnValue(int field, ref Utf8JsonReader reader)
    {
        try
        {
            _fields.OnValue(field, ref reader);
        }
        catch (InvalidOperationException)
        {
            // A string that is not UTF-8, or half of a surrogate pair, is treated as absent.
        }
    }

    /// <summary>The node of the value about to be read: the pending property's, or the array's own.</summary>
    private int Target => _level >= 0 && _levels[_level].IsArray ? _levels[_level].Node : _pending;

    private int FindChild(ref Utf8JsonReader reader)
    {
        var node = _levels[_level].Node;
        if (!reader.ValueIsEscaped)
            return _paths.Child(node, reader.ValueSpan);

        // An escaped name is rare and may be arbitrarily long; no wanted name is longer than this.
        Span<byte> name = stackalloc byte[128];
        if (reader.ValueSpan.Length > name.Length)
            return JsonPaths.None;
        try
        {
            return _paths.Child(node, name[..reader.CopyString(name)]);
        }
        catch (InvalidOperationException)
        {
            return JsonPaths.None;
        }
    }

    private void Enter(ref Utf8JsonReader reader)
    {
        if (_skipDepth >= 0)
            return;
        var node = Target;
        if (node == JsonPaths.None || _level + 1 == _levels.Length)
        {
            _skipDepth = reader.CurrentDepth;
            return;
        }

        _levels[++_level] = new Level(node, reader.TokenType == JsonTokenType.StartArray);
        if (_paths.GetField(node) is var field and not JsonPaths.None)
            _fields.OnStart(field, reader.TokenType);
    }

    private void Leave(ref Utf8JsonReader reader)
    {
        if (_skipDepth >= 0)
        {
            if (reader.CurrentDepth == _skipDepth)
                _skipDepth = -1;
            return;
        }

        var node = _levels[_level--].Node;
        if (_paths.GetField(node) is var field and not JsonPaths.None)
            _fields.OnEnd(field, reader.TokenType);
    }

    private ReadOnlySpan<byte> WithPartial(ReadOnlySpan<byte> piece)
    {
        if (_partialLength == 0)
            return piece;
        Reserve(_partialLength + piece.Length);
        piece.CopyTo(_partial.AsSpan(_partialLength));
        _partialLength += piece.Length;
        return _partial.AsSpan(0, _partialLength);
    }

    private void StorePartial(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty)
        {
            var length = rest.Length;
            // The rest may be in the partial buffer itself: Span.CopyTo handles overlapping bytes correctly.
            if (_partial is not null && _partial.Length >= length)
                rest.CopyTo(_partial);
            else
            {
                var old = _partial;
                _partial = ArrayPool<byte>.Shared.Rent(length);
                rest.CopyTo(_partial);
                if (old is not null)
                    ArrayPool<byte>.Shared.Return(old);
            }
        }

        _partialLength = rest.Length;
    }

    private void Reserve(int length)
    {
        if (_partial!.Length >= length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _partial.Length * 2));
        _partial.AsSpan(0, _partialLength).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_partial);
        _partial = larger;
    }

    private void ReturnPartial()
    {
        _partialLength = 0;
        if (_partial is null)
            return;
        ArrayPool<byte>.Shared.Return(_partial);
        _partial = null;
    }

    private readonly record struct Level(int Node, bool IsArray);
}
