using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>
/// Writes a period as a cost and usage dataset of FOCUS 1.2 (FinOps Open Cost and Usage Specification). The costs of
/// all rows add up exactly to the ledger's cost of the period. Keeps the rows of one bucket in memory.
/// </summary>
/// <param name="query">The query to read from.</param>
/// <param name="prices">Splits a cost by token type, if it contains the price version that produced the cost.</param>
/// <param name="options">The options of the file.</param>
public sealed class FocusExport(UsageQuery query, PriceBook prices, FocusOptions? options = null)
{
    private readonly FocusOptions _options = options ?? new FocusOptions();
    private readonly FocusSplit _split = new(prices);

    /// <summary>Writes the rows of a period as CSV, earliest bucket first.</summary>
    /// <exception cref="ArgumentException">The bucket is neither an hour nor a day.</exception>
    public Task<FocusResult> WriteAsync(
        UsagePeriod period,
        Stream output,
        CancellationToken cancellationToken = default
    ) => WriteAsync(period, new CsvWriter(FocusColumns.Columns, output), cancellationToken);

    /// <summary>Writes the rows of a period, earliest bucket first, and completes the file.</summary>
    /// <param name="period">The period.</param>
    /// <param name="rows">A writer for the columns <see cref="FocusColumns.Columns"/>.</param>
    /// <param name="cancellationToken">Cancels the export; the file is then incomplete.</param>
    /// <exception cref="ArgumentException">The bucket is neither an hour nor a day.</exception>
    public async Task<FocusResult> WriteAsync(
        UsagePeriod period,
        IRowWriter rows,
        CancellationToken cancellationToken = default
    )
    {
        if (_options.Bucket is not (UsageBucket.Hour or UsageBucket.Day))
            throw new ArgumentException(
                $"A FOCUS row covers an hour or a day, not a {_options.Bucket}.",
                nameof(options)
            );
        var result = new FocusResult(0, Money.Zero, 0);
        foreach (var charged in await BucketsAsync(period, cancellationToken))
        {
            var bucket = await FillAsync(charged, cancellationToken);
            foreach (var row in bucket.Rows())
            {
                await rows.AddAsync(FocusColumns.ToValues(row, charged, _options), cancellationToken);
                result = result with
                {
                    Rows = result.Rows + 1,
                    BilledCost = result.BilledCost + row.Cost,
                    UnpricedRows = result.UnpricedRows + (row.Key.IsUnpriced ? 1 : 0),
                };
            }
        }

        await rows.CompleteAsync(cancellationToken);
        return result;
    }

    /// <summary>
    /// Returns the hours or days (UTC) with usage; the first and the last are cut if the period begins or ends within
    /// them.
    /// </summary>
    private async Task<IEnumerable<UsagePeriod>> BucketsAsync(UsagePeriod period, CancellationToken cancellationToken)
    {
        var slots = await query.SumAsync(new UsageSumQuery { Period = period, BySlot = true }, cancellationToken);
        return slots
            .Select(slot => _options.Bucket.FloorToBucket(slot.Slot!.Value, TimeZoneInfo.Utc))
            .Distinct()
            .Order()
            .Select(start => new UsagePeriod(
                Later(start, period.From),
                Earlier(_options.Bucket == UsageBucket.Hour ? start.AddHours(1) : start.AddDays(1), period.To)
            ));
    }

    /// <summary>
    /// Adds the records first, then the rollups: what the rollups contain beyond the records was purged, and is
    /// reported without token types.
    /// </summary>
    private async Task<FocusBucket> FillAsync(UsagePeriod charged, CancellationToken cancellationToken)
    {
        var bucket = new FocusBucket(_split);
        await foreach (
            var record in query.ReadAsync(
                new UsageSelection { Period = charged, Order = UsageOrder.OldestFirst },
                cancellationToken
            )
        )
            bucket.Add(record);
        foreach (
            var kept in await query.SumAsync(
                new UsageSumQuery { Period = charged, By = FocusBucket.By },
                cancellationToken
            )
        )
            bucket.AddUncovered(kept);
        return bucket;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset? right) =>
        right > left ? right.Value : left;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset? right) =>
        right < left ? right.Value : left;
}

/// <summary>The options of a FOCUS file.</summary>
public sealed record FocusOptions
{
    /// <summary>The period of one row: an hour or a day (UTC).</summary>
    public UsageBucket Bucket { get; init; } = UsageBucket.Day;

    /// <summary>The <c>BillingAccountId</c>, required by FOCUS.</summary>
    public string BillingAccountId { get; init; } = "tollgate";

    /// <summary>The <c>BillingAccountName</c>.</summary>
    public string BillingAccountName { get; init; } = "Tollgate";
}

/// <summary>The outcome of an export.</summary>
/// <param name="Rows">The number of rows below the header.</param>
/// <param name="BilledCost">The sum of their costs.</param>
/// <param name="UnpricedRows">The number of usage rows without a known price, whose cost is reported as 0.</param>
public sealed record FocusResult(long Rows, Money BilledCost, long UnpricedRows);
