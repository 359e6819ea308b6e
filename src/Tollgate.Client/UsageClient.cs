using Tollgate.Client.Usage;

namespace Tollgate.Client;

/// <summary>Recorded usage, within the reach of the sender.</summary>
public sealed class UsageClient
{
    private readonly ApiConnection _connection;

    internal UsageClient(ApiConnection connection) => _connection = connection;

    /// <summary>Returns the totals of a range.</summary>
    public async Task<UsageTotals> SummarizeAsync(UsageScope scope, CancellationToken cancellationToken = default) =>
        (
            await _connection.GetAsync(
                "api/v1/summary" + scope.ToQuery(),
                ClientJson.Default.SummaryDocument,
                cancellationToken
            )
        ).Totals;

    /// <summary>Returns a measure over time and by group.</summary>
    /// <param name="scope">The usage.</param>
    /// <param name="measure">The measure, such as <c>cost</c> or <c>total_tokens</c>.</param>
    /// <param name="group">The dimension of the lines, such as <c>model</c>; null for the total only.</param>
    /// <param name="bucket">The length of the buckets, such as <c>day</c>; null to choose by the range.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<UsageSeries> SeriesAsync(
        UsageScope scope,
        string measure,
        string? group = null,
        string? bucket = null,
        CancellationToken cancellationToken = default
    ) =>
        _connection.GetAsync(
            "api/v1/series" + scope.ToQuery().Add("measures", measure).Add("group", group).Add("bucket", bucket),
            ClientJson.Default.UsageSeries,
            cancellationToken
        );

    /// <summary>Lists calls, newest first, page by page.</summary>
    public IAsyncEnumerable<Call> ListCallsAsync(UsageScope scope, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(
            "api/v1/calls" + scope.ToQuery().Add("limit", "500"),
            ClientJson.Default.ListDocumentCall,
            cancellationToken
        );
}
