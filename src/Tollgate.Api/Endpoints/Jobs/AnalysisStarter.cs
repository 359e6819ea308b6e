using Tollgate.Accounting.Usage;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Samples;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Starts analyses.</summary>
/// <param name="workspace">The ledger.</param>
/// <param name="jobs">The jobs.</param>
internal sealed class AnalysisStarter(Workspace workspace, JobOperations jobs)
{
    private const int MinValues = 2;
    private const int MaxColumns = 8;

    private readonly UsageReachResolver _reaches = new(workspace);
    private readonly CollectionReader _collections = new(jobs.Queue);

    /// <summary>Starts the analysis that a body describes.</summary>
    /// <exception cref="OperationException">The body is not valid, or too many jobs wait.</exception>
    public async Task<Job> StartAsync(ApiRequest request, AnalysisBody body, CancellationToken cancellationToken)
    {
        RequireOneSource(body);
        var isLedger = body.LedgerColumns is not null;
        var reach = UsageReach.Nothing;
        if (isLedger)
        {
            JobAccess.Require(request, Permission.CallsRead, "An analysis of the ledger's calls");
            reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        }

        var work = AnalysisJob.Create(await CreateReaderAsync(request, body, reach, cancellationToken), body.Rounds);
        return await jobs.StartAsync(
            new JobRequest(AnalysisJob.Kind, request.Actor, work)
            {
                ReachesEverything = isLedger && reach.IsEverything,
            },
            cancellationToken
        );
    }

    private async Task<Func<CancellationToken, Task<Sample>>> CreateReaderAsync(
        ApiRequest request,
        AnalysisBody body,
        UsageReach reach,
        CancellationToken cancellationToken
    )
    {
        if (body.LedgerColumns is { } columns)
        {
            var sample = new SampleRequest
            {
                Columns = columns,
                Period = PeriodFields.Read(body.StartDate, body.EndDate, workspace.Now),
            };
            return canceled => new SampleOperations(workspace, reach).ReadAsync(sample, canceled);
        }

        var given = body.CollectionId is { } id
            ? CollectionSample.Create(await _collections.ReadAsync(request, id, cancellationToken))
            : CreateSample(body.Data!);
        return _ => Task.FromResult(given);
    }

    private static void RequireOneSource(AnalysisBody body)
    {
        var count =
            (body.CollectionId is null ? 0 : 1) + (body.Data is null ? 0 : 1) + (body.LedgerColumns is null ? 0 : 1);
        if (count != 1)
            throw CreateException(
                "data",
                $"Send one of collection_id, data, and ledger_columns; this body has {count} of them."
            );
        if (body.LedgerColumns is null && (body.StartDate ?? body.EndDate) is not null)
            throw CreateException("start_date", "start_date and end_date require ledger_columns.");
        if (
            body.LedgerColumns?.FirstOrDefault(static name => !SampleOperations.LedgerColumns.Contains(name)) is
            { } unknown
        )
            throw CreateException(
                "ledger_columns",
                $"The ledger has no column '{unknown}'. Its columns are "
                    + $"{string.Join(", ", SampleOperations.LedgerColumns)}."
            );
    }

    private static Sample CreateSample(IReadOnlyDictionary<string, IReadOnlyList<double>> data)
    {
        if (data.Count is 0 or > MaxColumns)
            throw CreateException("data", $"data must have from 1 to {MaxColumns} columns, not {data.Count}.");
        var length = data.First().Value.Count;
        foreach (var (name, values) in data)
        {
            if (values.Count < MinValues || values.Count != length)
                throw CreateException(
                    "data",
                    $"The columns of data must have the same number of values, at least {MinValues}, but "
                        + $"'{data.First().Key}' has {length} and '{name}' has {values.Count}."
                );
            if (!values.All(double.IsFinite))
                throw CreateException("data", $"The column '{name}' of data has a value that is not a finite number.");
        }

        return new Sample([.. data.Select(static column => new SampleColumn(column.Key, [.. column.Value]))], 0);
    }

    private static OperationException CreateException(string field, string message) =>
        new(OperationError.Invalid, message) { Field = field };
}
