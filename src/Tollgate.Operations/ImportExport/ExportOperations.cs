using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.ImportExport.ParquetFiles;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.ImportExport;

/// <summary>Writes the records of a period to a file, oldest first.</summary>
/// <param name="workspace">The ledger and the prices.</param>
/// <param name="reach">The usage that the caller may see; no file includes any other.</param>
public sealed class ExportOperations(Workspace workspace, UsageReach reach)
{
    /// <summary>Writes the contents of a request, and returns the number of rows.</summary>
    /// <exception cref="OperationException">The request is not valid, or a value does not fit into its column of a
    /// Parquet file.</exception>
    public async Task<long> WriteAsync(ExportRequest request, Stream output, CancellationToken cancellationToken)
    {
        request.Validate();
        var (period, format) = (request.Scope.Range.Period, request.Kind.Format);
        if (request.Kind.IsFocus)
        {
            var options = new FocusOptions { Bucket = request.Bucket };
            return (await WriteFocusAsync(period, options, format, output, cancellationToken)).Rows;
        }

        return await UsageExport.WriteAsync(
            ReadAsync(period, request.Scope.Where, cancellationToken),
            CreateWriter(format, UsageFields.Columns, output),
            cancellationToken
        );
    }

    /// <summary>Writes all fields of each record, and returns the number of records.</summary>
    /// <exception cref="OperationException">A value does not fit into its column of a Parquet file.</exception>
    public Task<long> WriteUsageAsync(
        UsagePeriod period,
        ExportFormat format,
        Stream output,
        CancellationToken cancellationToken
    ) =>
        UsageExport.WriteAsync(
            ReadAsync(period, [], cancellationToken),
            CreateWriter(format, UsageFields.Columns, output),
            cancellationToken
        );

    /// <summary>Writes costs by key, model and token type in the columns of FOCUS 1.2.</summary>
    /// <exception cref="OperationException">A value does not fit into its column of a Parquet file.</exception>
    public Task<FocusResult> WriteFocusAsync(
        UsagePeriod period,
        FocusOptions options,
        ExportFormat format,
        Stream output,
        CancellationToken cancellationToken
    ) =>
        new FocusExport(workspace.OpenQuery().Within(reach), workspace.Prices, options).WriteAsync(
            period,
            CreateWriter(format, FocusColumns.Columns, output),
            cancellationToken
        );

    private static IRowWriter CreateWriter(ExportFormat format, IReadOnlyList<ExportColumn> columns, Stream output) =>
        format switch
        {
            ExportFormat.Csv => new CsvWriter(columns, output),
            ExportFormat.JsonLines => new JsonLinesWriter(columns, output),
            ExportFormat.Parquet => new ParquetRowWriter(columns, output),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format is not known."),
        };

    private IAsyncEnumerable<UsageRecord> ReadAsync(
        UsagePeriod period,
        IReadOnlyList<UsageFilter> where,
        CancellationToken cancellationToken
    ) =>
        workspace
            .OpenQuery()
            .Within(reach)
            .ReadAsync(
                new UsageSelection
                {
                    Period = period,
                    Where = where,
                    Order = UsageOrder.OldestFirst,
                },
                cancellationToken
            );
}
