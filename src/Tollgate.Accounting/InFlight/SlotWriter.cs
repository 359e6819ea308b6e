using System.Buffers.Binary;
using System.Text;
using Tollgate.Accounting.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>Writes the fields of a slot in sequence; texts as UTF-8 after their length, with -1 for null.</summary>
internal ref struct SlotWriter(Span<byte> room)
{
    /// <summary>Marks a missing window or cost; a number that does not otherwise occur.</summary>
    internal const long None = long.MinValue;

    private readonly Span<byte> _buffer = room;

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>True if something did not fit; nothing was written from there on.</summary>
    public bool Overflowed { get; private set; }

    public void Write(Guid value)
    {
        if (Take(16) is { IsEmpty: false } bytes)
            value.TryWriteBytes(bytes, bigEndian: true, out _);
    }

    public void Write(long value)
    {
        if (Take(sizeof(long)) is { IsEmpty: false } bytes)
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
    }

    public void Write(string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        if (Take(sizeof(short)) is not { IsEmpty: false } head)
            return;
        BinaryPrimitives.WriteInt16LittleEndian(head, (short)Math.Min(length, short.MaxValue));
        if (length > 0 && Take(length) is { IsEmpty: false } text)
            Encoding.UTF8.GetBytes(value, text);
    }

    public void Write(Attribution attribution)
    {
        Write(attribution.KeyId);
        Write(attribution.User);
        Write(attribution.Project);
        Write(attribution.Session);
        Write(attribution.Application);
        Write(attribution.EndUser);
        Write(attribution.Tags);
    }

    public void Write(LimitCharges? charges)
    {
        Write((long)(charges?.Limits.Count ?? 0));
        if (charges is null)
            return;
        Write(charges.Holder);
        foreach (var limit in charges.Limits)
        {
            Write(limit.Id);
            Write(limit.Target);
            Write((long)limit.Metric);
            Write(limit.LeaseWindow ?? None);
            Write(limit.CountWindow ?? None);
            Write(
                limit.IfUnpriced is { } ceiling
                    ? ceiling.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : null
            );
        }
    }

    private Span<byte> Take(int count)
    {
        Overflowed |= count > _buffer.Length - Length;
        if (Overflowed)
            return default;
        var taken = _buffer.Slice(Length, count);
        Length += count;
        return taken;
    }
}

/// <summary>Reads what <see cref="SlotWriter"/> wrote, after its checksum was verified.</summary>
internal ref struct SlotReader(ReadOnlySpan<byte> fields)
{
    private ReadOnlySpan<byte> _rest = fields;

    public Guid ReadId() => new(Take(16), bigEndian: true);

    public long ReadNumber() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public string? ReadText()
    {
        var length = BinaryPrimitives.ReadInt16LittleEndian(Take(sizeof(short)));
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public Attribution ReadAttribution() =>
        new()
        {
            KeyId = ReadText(),
            User = ReadText(),
            Project = ReadText(),
            Session = ReadText(),
            Application = ReadText(),
            EndUser = ReadText(),
            Tags = ReadText(),
        };

    public TokenUsage ReadUsage()
    {
        var usage = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            usage[(UsageKind)kind] = ReadNumber();
        return usage;
    }

    public Money? ReadCost() => ReadNumber() is var pico and not SlotWriter.None ? Money.FromPico(pico) : null;

    public LimitCharges? ReadCharges()
    {
        var count = (int)ReadNumber();
        if (count == 0)
            return null;
        var holder = ReadId();
        var limits = new ChargedLimit[count];
        for (var index = 0; index < count; index++)
            limits[index] = new ChargedLimit(
                ReadText()!,
                ReadText()!,
                (LimitMetric)ReadNumber(),
                ReadWindow(),
                ReadWindow(),
                ReadCeiling()
            );
        return new LimitCharges(holder, limits);
    }

    private long? ReadWindow() => ReadNumber() is var window and not SlotWriter.None ? window : null;

    private Int128? ReadCeiling() =>
        ReadText() is { } ceiling ? Int128.Parse(ceiling, System.Globalization.CultureInfo.InvariantCulture) : null;

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
