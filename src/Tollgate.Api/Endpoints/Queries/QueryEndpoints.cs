using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Contracts;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Queries;

/// <summary>SQL over the ledger.</summary>
internal sealed class QueryEndpoints(Workspace workspace)
{
    private const int DefaultRows = 1000;
    private const int DefaultSeconds = 10;
    private const int MaxRows = 10_000;
    private const int MaxSeconds = 60;

    /// <summary>The maximum number of characters and bytes of all cells.</summary>
    private const long MaxSize = 16 * 1024 * 1024;

    private readonly UsageOperations _usage = new(workspace, UsageReach.Everything); // As the row demands.

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(QueryRoutes.Run, RunAsync)];

    private async Task<ApiResponse> RunAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.QueryBody, cancellationToken);
        var (maxRows, seconds) = (body.MaxRows ?? DefaultRows, body.TimeoutSeconds ?? DefaultSeconds);
        RequireRange("/max_rows", maxRows, MaxRows);
        RequireRange("/timeout_seconds", seconds, MaxSeconds);
        var rows = new BoundedRows(maxRows);
        await _usage.SelectAsync(body.Sql, TimeSpan.FromSeconds(seconds), rows, cancellationToken);
        return new TableResponse(rows.Columns, rows.Rows, rows.IsCut);
    }

    private static void RequireRange(string pointer, int value, int max)
    {
        if (value < 1 || value > max)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = pointer,
                    Code = "invalid_value",
                    Message = $"{pointer} must be from 1 to {max}, not {value}.",
                }
            );
    }

    /// <summary>Keeps as many rows as the sender wants and memory allows, and stops the statement then.</summary>
    private sealed class BoundedRows(int max) : ISqlRowReceiver
    {
        private long _size;

        public List<IReadOnlyList<object?>> Rows { get; } = [];

        public IReadOnlyList<string> Columns { get; private set; } = [];

        public bool IsCut { get; private set; }

        public void Begin(IReadOnlyList<string> columns) => Columns = columns;

        public bool Add(IReadOnlyList<object?> row)
        {
            _size += row.Sum(Measure);
            IsCut = Rows.Count == max || _size > MaxSize;
            if (!IsCut)
                Rows.Add([.. row]);
            return !IsCut;
        }

        private static long Measure(object? cell) =>
            cell switch
            {
                string text => text.Length,
                byte[] bytes => bytes.Length,
                _ => 1,
            };
    }
}
