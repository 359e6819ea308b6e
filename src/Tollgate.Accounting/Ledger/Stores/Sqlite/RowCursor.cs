using Microsoft.Data.Sqlite;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>Reads one row's columns in order.</summary>
internal struct RowCursor(SqliteDataReader reader, int from = 0)
{
    private int _column = from;

    public long Number() => reader.GetInt64(_column++);

    public long? NumberOrNull() => IsNull() ? null : Number();

    public string Text() => reader.GetString(_column++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public Guid Id() => new(reader.GetFieldValue<byte[]>(_column++), bigEndian: true);

    public Guid? IdOrNull() => IsNull() ? null : Id();

    public CallId Call() => new(Id(), (int)Number());

    public CallId? CallOrNull()
    {
        if (!IsNull()) return Call();
        _column++; // The attempt's number, null with the call.
        return null;
    }

    public DateTimeOffset Time() => StoredTime.ToTime(Number());

    public DateTimeOffset? TimeOrNull() => NumberOrNull() is { } micros ? StoredTime.ToTime(micros) : null;

    public TimeSpan Duration() => StoredTime.ToDuration(Number());

    public TimeSpan? DurationOrNull() => NumberOrNull() is { } micros ? StoredTime.ToDuration(micros) : null;

    public Attribution Attribution() => new()
    {
        KeyId = TextOrNull(),
        User = TextOrNull(),
        Project = TextOrNull(),
        Session = TextOrNull(),
        Application = TextOrNull(),
        EndUser = TextOrNull(),
        Tags = TextOrNull(),
    };

    /// <summary>A group: its slot, its names, its sums.</summary>
    public UsageSum Sum(int names)
    {
        var slot = TimeOrNull();
        var values = new string?[names];
        for (var i = 0; i < names; i++) values[i] = TextOrNull();
        var sums = new RollupSums
        {
            Calls = Number(),
            Errors = Number(),
            Estimated = Number(),
            Unpriced = Number(),
            CostMicro = Number(),
            CostPico = Number(),
            Duration = Number(),
            Usage = Usage(),
        };
        return new UsageSum(slot, values, sums.ToTotals());
    }

    public TokenUsage Usage()
    {
        var usage = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++) usage.Adjust((UsageKind)kind, Number());
        return usage;
    }

    public LocalTokens Local() => new(NumberOrNull(), NumberOrNull(), NumberOrNull());

    /// <summary>Whether the next column holds something; it stays the next one.</summary>
    public readonly bool IsNext() => !reader.IsDBNull(_column);

    private bool IsNull()
    {
        if (!reader.IsDBNull(_column)) return false;
        _column++;
        return true;
    }
}
