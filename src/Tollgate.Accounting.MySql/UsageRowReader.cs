using MySql.Data.MySqlClient;
using Tollgate.Accounting.Ledger;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql;

/// <summary>Reads one row's columns in order; the initialisers below run in the order of <see cref="UsageColumns"/>.</summary>
internal struct UsageRowReader(MySqlDataReader reader)
{
    /// <summary>By this divided, a number loses the zeros behind its last digit, which the server adds to all.</summary>
    private const decimal Unscaled = 1.0000000000000000000000000000m;

    private int _column;

    public UsageRecord Record() => new()
    {
        Id = new CallId(Id(), Whole()),
        StartedAt = Time(),
        Provider = Text(),
        Model = Text(),
        ModelGroup = TextOrNull(),
        Deployment = TextOrNull(),
        Operation = Text(),
        Streamed = reader.GetInt64(_column++) != 0,
        ServiceTier = (ServiceTier)Small(),
        Attribution = Attribution(),
        Usage = Usage(),
        Duration = Duration(),
        TimeToFirstToken = NumberOrNull() is { } micros ? StoredTime.ToDuration(micros) : null,
        ResponseModel = TextOrNull(),
        UsageSource = (UsageSource)Small(),
        Local = new LocalTokens(NumberOrNull(), NumberOrNull(), NumberOrNull()),
        Cost = IsNull() ? null : Cost(),
        CostSource = TextOrNull(),
        Outcome = (CallOutcome)Small(),
        StatusCode = Whole(),
        ErrorType = TextOrNull(),
        ResponseId = TextOrNull(),
        Corrects = Corrects(),
    };

    public UsageTotals Totals() => new()
    {
        Calls = Number(),
        Errors = Number(),
        Estimated = Number(),
        Unpriced = Number(),
        Cost = Cost(),
        Duration = Duration(),
        Usage = Usage(),
    };

    public DateTimeOffset Time() => StoredTime.ToTime(Number());

    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    public decimal Decimal() => reader.GetDecimal(_column++) / Unscaled;

    public string? TextOrNull() => IsNull() ? null : Text();

    private string Text() => reader.GetString(_column++);

    private Guid Id() => new((byte[])reader.GetValue(_column++), bigEndian: true);

    public long Number() => reader.GetInt64(_column++);

    private long? NumberOrNull() => IsNull() ? null : Number();

    private int Whole() => reader.GetInt32(_column++);

    private int Small() => reader.GetInt16(_column++);

    private Money Cost() => Money.Round(Decimal());

    private TimeSpan Duration() => StoredTime.ToDuration(Number());

    private CallId? Corrects()
    {
        if (!IsNull()) return new CallId(Id(), Whole());
        _column++; // The attempt's number, null with the call.
        return null;
    }

    private Attribution Attribution() => new()
    {
        KeyId = TextOrNull(),
        User = TextOrNull(),
        Project = TextOrNull(),
        Session = TextOrNull(),
        Application = TextOrNull(),
        EndUser = TextOrNull(),
        Tags = TextOrNull(),
    };

    private TokenUsage Usage()
    {
        var usage = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++) usage.Adjust((UsageKind)kind, Number());
        return usage;
    }

    /// <summary>Whether the column is null, and so done with.</summary>
    private bool IsNull()
    {
        if (!reader.IsDBNull(_column)) return false;
        _column++;
        return true;
    }
}
