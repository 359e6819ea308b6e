using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations;
using Tollgate.Operations.ImportExport;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Starts exports and reratings.</summary>
/// <param name="workspace">The ledger and the prices.</param>
/// <param name="jobs">The jobs.</param>
internal sealed class LedgerJobStarter(Workspace workspace, JobOperations jobs)
{
    private const int MaxFilters = 50;

    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>Starts an export of the records within the sender's reach.</summary>
    /// <exception cref="OperationException">The body is not valid, or too many jobs wait.</exception>
    public async Task<Job> ExportAsync(ApiRequest request, ExportBody body, CancellationToken cancellationToken)
    {
        JobAccess.Require(request, Permission.CallsRead, "An export of calls");
        var reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        var work = ExportJob.Create(new ExportOperations(workspace, reach), Read(body));
        return await jobs.StartAsync(
            new JobRequest(ExportJob.Kind, request.Actor, work) { ReachesEverything = reach.IsEverything },
            cancellationToken
        );
    }

    /// <summary>Starts a rerating, or its preview.</summary>
    /// <exception cref="OperationException">The body is not valid, or too many jobs wait.</exception>
    public Task<Job> RerateAsync(ApiRequest request, RerateBody body, CancellationToken cancellationToken)
    {
        JobAccess.Require(request, Permission.JobsWrite, "A job");
        var scope = new RerateScope(PeriodFields.Read(body.StartDate, body.EndDate, workspace.Now), body.Model);
        return jobs.StartAsync(
            new JobRequest(
                RerateJob.Kind,
                request.Actor,
                RerateJob.Create(workspace, scope, body.DryRun == true ? null : request.Actor)
            )
            {
                ReachesEverything = true,
            },
            cancellationToken
        );
    }

    private ExportRequest Read(ExportBody body)
    {
        var name = body.Format ?? "csv";
        var kind =
            ExportKind.Find(name)
            ?? throw CreateException(
                "format",
                $"format must be one of {string.Join(", ", ExportKind.Names)}, not '{name}'."
            );
        if (body.Bucket is not null && !kind.IsFocus)
            throw CreateException("bucket", $"bucket is the period of a row of FOCUS, which '{name}' is not.");
        if (body.Filters?.Count > MaxFilters)
            throw CreateException("filters", $"filters may have {MaxFilters} conditions, not {body.Filters.Count}.");
        var range = TimeRangeParser.Parse(new TimeRangeText(body.Range, body.From, body.To, body.Tz), workspace.Now);
        return new ExportRequest(kind, new UsageScope(range) { Filters = [.. (body.Filters ?? []).Select(Read)] })
        {
            Bucket = body.Bucket == ExportBucket.Hour ? UsageBucket.Hour : UsageBucket.Day,
        };
    }

    private static UsageFilter Read(ExportFilter filter, int place)
    {
        try
        {
            return UsageFilterParser.Parse(filter.Field, filter.Operator ?? "eq", filter.Values);
        }
        catch (OperationException refused)
        {
            throw CreateException($"filters/{place}", refused.Message);
        }
    }

    private static OperationException CreateException(string field, string message) =>
        new(OperationError.Invalid, message) { Field = field };
}
