using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.PostgreSql.Transcripts;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Opens ledgers and transcript logs on PostgreSQL by URL.</summary>
public sealed class PostgreSqlStores : ILedgerStoreFactory, ITranscriptStoreFactory
{
    /// <summary>The shared instance.</summary>
    public static readonly PostgreSqlStores Factory = new();

    private PostgreSqlStores() { }

    /// <inheritdoc/>
    public IReadOnlyList<string> Schemes => PostgreSqlUrl.Schemes;

    /// <inheritdoc/>
    public ILedgerStore Open(string url) => new PostgreSqlLedgerStore(url);

    /// <inheritdoc/>
    public ITranscriptStore OpenTranscripts(string url) => new PostgreSqlTranscriptStore(url);
}
