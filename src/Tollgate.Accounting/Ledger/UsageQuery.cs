using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Ledger.Stores.Sqlite;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>Reads the ledger. Each answer is one consistent snapshot, and no reading delays a writer.</summary>
public sealed class UsageQuery
{
    private readonly string _databasePath;

    internal UsageQuery(string databasePath) => _databasePath = databasePath;

    /// <summary>The records booked last, the newest first.</summary>
    public Task<IReadOnlyList<UsageRecord>> TailAsync(int count) =>
        RecordsAsync("ORDER BY seq DESC LIMIT $count", ("$count", count));

    /// <summary>The attempts of one call, the first one first; none where the call is unknown.</summary>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call) =>
        RecordsAsync("WHERE call_id = $call ORDER BY attempt", ("$call", call.ToByteArray(bigEndian: true)));

    /// <summary>The attempts under way, of every gateway on this ledger, the oldest first.</summary>
    public Task<IReadOnlyList<OpenAttempt>> OpenAttemptsAsync() =>
        Task.FromResult<IReadOnlyList<OpenAttempt>>([.. GateInstance.OpenAttempts(Path.GetDirectoryName(_databasePath)!)
            .OrderBy(attempt => attempt.StartedAt).ThenBy(attempt => attempt.Id.Call).ThenBy(attempt => attempt.Id.Attempt)]);

    /// <summary>The sums of a period.</summary>
    public Task<UsageTotals> TotalsAsync(UsagePeriod period) =>
        ReadAsync(connection => Groups(connection, null, period)[0].Totals);

    /// <summary>The sums of a period by one dimension, the most expensive first.</summary>
    public Task<IReadOnlyList<UsageGroup>> GroupAsync(UsagePeriod period, UsageDimension by) =>
        ReadAsync<IReadOnlyList<UsageGroup>>(connection => Groups(connection, Column(by), period));

    private static List<UsageGroup> Groups(SqliteConnection connection, string? column, UsagePeriod period)
    {
        using var command = connection.Command(TotalsSql.By(column), TotalsSql.Parameters(period));
        using var reader = command.ExecuteReader();
        var groups = new List<UsageGroup>();
        while (reader.Read()) groups.Add(Group(new RowCursor(reader)));
        return groups;
    }

    private static UsageGroup Group(RowCursor row) => new(row.TextOrNull(), new UsageTotals
    {
        Calls = row.Number(),
        Errors = row.Number(),
        Estimated = row.Number(),
        Unpriced = row.Number(),
        Cost = Cost(row.Number(), row.Number()),
        Duration = row.Duration(),
        Usage = row.Usage(),
    });

    private static Money Cost(long micro, long pico) => Money.Round((micro / 1_000_000m) + (pico / (decimal)Money.PicoPerUsd));

    private static string Column(UsageDimension dimension) => dimension switch
    {
        UsageDimension.Model => "model",
        UsageDimension.Provider => "provider",
        UsageDimension.Key => "key_id",
        UsageDimension.User => "user",
        UsageDimension.Project => "project",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No sums are kept by this dimension."),
    };

    private Task<IReadOnlyList<UsageRecord>> RecordsAsync(string clauses, params (string, object?)[] parameters) =>
        ReadAsync<IReadOnlyList<UsageRecord>>(connection =>
            UsageReader.ReadUsage(connection, $"{UsageReader.SelectUsage} {clauses}", parameters));

    /// <summary>SQLite has no asynchronous reading; the signature leaves room for stores that have.</summary>
    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        using var connection = SqliteConnections.OpenForQueries(_databasePath);
        return Task.FromResult(read(connection));
    }
}
