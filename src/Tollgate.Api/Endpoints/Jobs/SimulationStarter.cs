using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations;
using Tollgate.Operations.Collectors.Collections;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Starts simulations.</summary>
/// <param name="workspace">The ledger and the prices.</param>
/// <param name="jobs">The jobs.</param>
internal sealed class SimulationStarter(Workspace workspace, JobOperations jobs)
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly UsageReachResolver _reaches = new(workspace);
    private readonly CollectionReader _collections = new(jobs.Queue);

    /// <summary>Starts the simulation that a body describes.</summary>
    /// <exception cref="OperationException">The body is not valid, or too many jobs wait.</exception>
    public Task<Job> StartAsync(ApiRequest request, SimulationBody body, CancellationToken cancellationToken) =>
        StartAsync(
            request,
            body,
            SimulationJob.Kind,
            (content, reader) => SimulationJob.Create(content, reader, workspace.Time),
            cancellationToken
        );

    /// <summary>Starts the same simulation at the volume of a profile, for which it recommends a plan.</summary>
    /// <exception cref="OperationException">Its usage no longer exists, or too many jobs wait.</exception>
    public Task<Job> OptimizeAsync(
        ApiRequest request,
        SimulationBody body,
        UserProfile profile,
        CancellationToken cancellationToken
    ) =>
        StartAsync(
            request,
            body,
            OptimizationJob.Kind,
            (content, reader) => OptimizationJob.Create(content, reader, profile, workspace.Time),
            cancellationToken
        );

    private async Task<Job> StartAsync(
        ApiRequest request,
        SimulationBody body,
        string kind,
        Func<ScenarioContent, ScenarioContentReader, Func<JobContext, Task>> create,
        CancellationToken cancellationToken
    )
    {
        var source = body.DataSource ?? SimulationSource.Synthetic;
        var isLedger = source == SimulationSource.Ledger;
        if (isLedger)
            JobAccess.Require(request, Permission.UsageRead, "A simulation of the ledger's usage");
        var reach = isLedger
            ? await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken)
            : UsageReach.Nothing;
        var content = CreateContent(body) with
        {
            Collection =
                source == SimulationSource.Collection
                    ? await ReadCollectionAsync(request, body, cancellationToken)
                    : null,
            LedgerPeriod = isLedger ? PeriodFields.Read(body.StartDate, body.EndDate, workspace.Now) : null,
        };
        return await jobs.StartAsync(
            new JobRequest(kind, request.Actor, create(content, new ScenarioContentReader(workspace, reach)))
            {
                ReachesEverything = isLedger && reach.IsEverything,
            },
            cancellationToken
        );
    }

    private static ScenarioContent CreateContent(SimulationBody body)
    {
        if (body.Seed < 0)
            throw CreateException("seed", $"seed must be at least 0, not {body.Seed}.");
        if (body.CollectionId is not null && body.DataSource != SimulationSource.Collection)
            throw CreateException("collection_id", "collection_id requires the data_source 'collection'.");
        if ((body.StartDate ?? body.EndDate) is not null && body.DataSource != SimulationSource.Ledger)
            throw CreateException("start_date", "start_date and end_date require the data_source 'ledger'.");
        return new ScenarioContent
        {
            Scenario = Format(body.Scenario),
            Plans = Format(body.Plans),
            Mechanisms = body.Mechanisms ?? [],
            Baseline = body.Baseline,
            Trials = body.NSimulations,
            Months = body.Months,
            Seed = (ulong?)body.Seed,
            Request = JsonSerializer.SerializeToElement(body, ContractJson.Default.SimulationBody),
        };
    }

    private Task<Collection> ReadCollectionAsync(
        ApiRequest request,
        SimulationBody body,
        CancellationToken cancellationToken
    ) =>
        body.CollectionId is { } id
            ? _collections.ReadAsync(request, id, cancellationToken)
            : throw CreateException(
                "collection_id",
                "collection_id is missing. Send the collection_id of a response of POST /collect."
            );

    /// <summary>
    /// Formats JSON on one line, whose letters are not escaped: as YAML, it is read without regard to indentation.
    /// </summary>
    private static string? Format(JsonElement? element)
    {
        if (element is not { ValueKind: not JsonValueKind.Undefined } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString(); // A scenario in YAML.
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, OneLine))
            value.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static OperationException CreateException(string field, string message) =>
        new(OperationError.Invalid, message) { Field = field };
}
