using System.Globalization;
using System.Text.RegularExpressions;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>The partition of one month of identities: a UUIDv7 begins with the milliseconds since 1970.</summary>
internal readonly partial record struct MonthPartition(int Year, int Month)
{
    private const int FirstYear = 2000,
        EndYear = 2100;

    /// <summary>The table's name, such as <c>usage_2026_07</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"usage_{Year:D4}_{Month:D2}");

    /// <summary>The first identity of the month.</summary>
    public Guid From => IdAt(Start);

    /// <summary>The first identity after the month.</summary>
    public Guid To => IdAt(End);

    /// <summary>The first time after the month.</summary>
    public DateTimeOffset End => Start.AddMonths(1);

    private DateTimeOffset Start => new(Year, Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Returns the month of an identity; null if it is not a UUIDv7, or its time is out of range: such identities have
    /// no monthly partition.
    /// </summary>
    public static MonthPartition? Of(Guid call)
    {
        if (call.Version != 7)
            return null;
        var time = DateTimeOffset.UnixEpoch.AddMilliseconds(ToUnixMilliseconds(call));
        return time.Year is >= FirstYear and < EndYear ? new MonthPartition(time.Year, time.Month) : null;
    }

    /// <summary>Returns the month of a table, by its name; null for the default partition.</summary>
    public static MonthPartition? Of(string table) =>
        MonthName().Match(table) is { Success: true } name
            ? new MonthPartition(
                int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(name.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            )
            : null;

    /// <summary>48 bits: a time up to the year 10889, cut off at the end of the calendar.</summary>
    private static long ToUnixMilliseconds(Guid call)
    {
        Span<byte> bytes = stackalloc byte[16];
        call.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
    }

    private static Guid IdAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    [GeneratedRegex(@"^usage_(\d{4})_(\d{2})$")]
    private static partial Regex MonthName();
}
