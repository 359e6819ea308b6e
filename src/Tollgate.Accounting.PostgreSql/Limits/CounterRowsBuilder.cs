using Npgsql;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>The kind of a row in the read statements; the first column of both.</summary>
internal enum CounterRowKind
{
    /// <summary>The count of a window, and the state of a bucket.</summary>
    Count = 0,

    /// <summary>The quota held by all holders.</summary>
    Held = 1,

    /// <summary>The quota held by the requesting holder; when reading all counters, a target.</summary>
    Own = 2,
}

/// <summary>Collects the rows of one counter. Their columns are a window, two amounts and a time.</summary>
internal sealed class CounterRowsBuilder
{
    private readonly List<(long, Int128)> _booked = [];
    private Int128 _held;
    private BucketLevel _bucket;
    private HolderLease? _own;

    public void Add(CounterRowKind kind, NpgsqlDataReader reader, int firstColumn)
    {
        var amount = LimitParameters.ReadAmount(reader, firstColumn + 1);
        switch (kind)
        {
            case CounterRowKind.Count:
                _booked.Add((reader.GetInt64(firstColumn), amount));
                if (!reader.IsDBNull(firstColumn + 2))
                    _bucket = new BucketLevel(
                        LimitParameters.ReadAmount(reader, firstColumn + 2),
                        reader.GetInt64(firstColumn + 3)
                    );
                break;
            case CounterRowKind.Held:
                _held = amount;
                break;
            default:
                _own = new HolderLease(amount, LimitParameters.ReadAmount(reader, firstColumn + 2));
                break;
        }
    }

    public CounterRows Build() => new(_booked, _held, _bucket, _own);
}
