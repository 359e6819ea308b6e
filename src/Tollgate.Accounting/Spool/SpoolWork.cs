using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Spool;

/// <summary>Removes what has reached the store behind the spool.</summary>
internal sealed class ForgetUpTo(long seq) : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.Forget(seq);
        return 0;
    }
}

/// <summary>Sets a row aside that the store behind the spool refuses.</summary>
internal sealed class SetAside(long seq, DateTimeOffset at, string reason) : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.SetAside(seq, at, reason);
        return 0;
    }
}

/// <summary>Removes rows that were set aside, for good.</summary>
internal sealed class Discard(IReadOnlyList<CallId> ids) : ILedgerWork
{
    /// <summary>Those that were there.</summary>
    public List<CallId> Discarded { get; } = [];

    public int Run(SqliteLedgerWriter store)
    {
        Discarded.Clear();
        Discarded.AddRange(ids.Where(store.Discard));
        return 0;
    }
}

/// <summary>Puts all that was set aside back, as what was booked last.</summary>
internal sealed class PutBack : ILedgerWork
{
    /// <summary>Their number.</summary>
    public int Count { get; private set; }

    public int Run(SqliteLedgerWriter store)
    {
        Count = store.PutBack();
        return 0;
    }
}
