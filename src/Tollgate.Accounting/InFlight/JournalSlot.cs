using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// One attempt as bytes: length, checksum, then its fields. The checksum detects a slot whose process was killed while
/// writing it; such an attempt was never sent, since sending waits for the write.
/// </summary>
internal static class JournalSlot
{
    /// <summary>
    /// Space for the longest attempt: twelve texts of 256 characters, a quarter of a kilobyte of numbers, and the
    /// charges for about twenty limits.
    /// </summary>
    public const int Size = 16 * 1024;

    private const int HeaderLength = sizeof(int) + sizeof(ulong);

    /// <summary>Clears a slot.</summary>
    public static void Clear(Span<byte> slot) => BinaryPrimitives.WriteInt32LittleEndian(slot, 0);

    /// <summary>Encodes an attempt and returns the number of bytes.</summary>
    /// <exception cref="ArgumentException">The attempt's texts are too long for a slot.</exception>
    public static int Write(InFlightAttempt attempt, Span<byte> slot)
    {
        var writer = new SlotWriter(slot[HeaderLength..Size]);
        writer.Write(attempt.Id.Call);
        writer.Write(attempt.Id.Attempt);
        writer.Write(attempt.StartedAt.ToMicros());
        writer.Write(attempt.Streamed ? 1 : 0);
        writer.Write((long)attempt.ServiceTier);
        writer.Write(attempt.Provider);
        writer.Write(attempt.Model);
        writer.Write(attempt.ModelGroup);
        writer.Write(attempt.Deployment);
        writer.Write(attempt.Operation);
        writer.Write(attempt.Attribution);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            writer.Write(attempt.UpperBound[(UsageKind)kind]);
        writer.Write(attempt.UpperCost?.ToPico() ?? SlotWriter.None);
        writer.Write(attempt.Charges);
        if (writer.Overflowed)
            throw new ArgumentException(
                $"The texts of the attempt {attempt.Id} and its limits are too long to be stored. The maximum is 256 "
                    + $"characters for each text, and about twenty limits."
            );

        BinaryPrimitives.WriteInt32LittleEndian(slot, writer.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(
            slot[sizeof(int)..],
            Checksum(slot.Slice(HeaderLength, writer.Length))
        );
        return HeaderLength + writer.Length;
    }

    /// <summary>Decodes an attempt; returns false if the slot is empty or incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> slot, [NotNullWhen(true)] out InFlightAttempt? attempt)
    {
        attempt = null;
        if (slot.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(slot);
        if (length <= 0 || length > slot.Length - HeaderLength)
            return false;
        var fields = slot.Slice(HeaderLength, length);
        if (BinaryPrimitives.ReadUInt64LittleEndian(slot[sizeof(int)..]) != Checksum(fields))
            return false;
        attempt = Read(new SlotReader(fields));
        return true;
    }

    private static InFlightAttempt Read(SlotReader reader)
    {
        // The initializers run in the order of Write.
        var id = new CallId(reader.ReadId(), (int)reader.ReadNumber());
        return new InFlightAttempt
        {
            Id = id,
            StartedAt = StoredTime.ToTime(reader.ReadNumber()),
            Streamed = reader.ReadNumber() != 0,
            ServiceTier = (ServiceTier)reader.ReadNumber(),
            Provider = reader.ReadText()!,
            Model = reader.ReadText()!,
            ModelGroup = reader.ReadText(),
            Deployment = reader.ReadText(),
            Operation = reader.ReadText()!,
            Attribution = reader.ReadAttribution(),
            UpperBound = reader.ReadUsage(),
            UpperCost = reader.ReadCost(),
            Charges = reader.ReadCharges(),
        };
    }

    /// <summary>FNV-1a, 64 bits (Fowler, Noll, Vo): sufficient to detect torn writes.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
            hash = (hash ^ value) * 1099511628211UL;
        return hash;
    }
}
