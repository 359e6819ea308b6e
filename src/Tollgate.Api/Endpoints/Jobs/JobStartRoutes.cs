using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>The rows that start jobs, one a kind.</summary>
internal static class JobStartRoutes
{
    public static readonly ApiRoute Simulation = Create(
        "simulation",
        "Simulates months of usage under pricing plans.",
        RouteAccess.Within(Permission.JobsWrite),
        ContractJson.Default.SimulationBody,
        """{"n_simulations": 1000, "mechanisms": ["per_token", "bundle"], "data_source": "synthetic", "seed": 42}"""
    );

    public static readonly ApiRoute Analysis = Create(
        "analysis",
        "Fits distributions to columns, and measures their dependence.",
        RouteAccess.Within(Permission.JobsWrite),
        ContractJson.Default.AnalysisBody,
        """{"data": {"input_tokens": [120, 80, 300, 95, 210], "output_tokens": [40, 22, 130, 31, 77]}, "rounds": 0}"""
    );

    public static readonly ApiRoute Collection = Create(
        "collection",
        "Collects the providers' own reports of usage and cost.",
        RouteAccess.Everything(Permission.JobsWrite),
        ContractJson.Default.CollectionBody,
        """{"providers": ["openai"], "start_date": "2026-11-01", "end_date": "2026-11-07"}"""
    );

    public static readonly ApiRoute Flows = new("POST", JobRoutes.Path + "/flows")
    {
        Area = JobRoutes.Area,
        Summary = "Analyzes the flows of a CSV file, which is the body: cost percentiles, and the peak of tokens.",
        Access = RouteAccess.Within(Permission.JobsWrite),
        Audit = "job.start",
        Parameters = FlowParameters.All,
        BodyType = "text/csv",
        Response = ContractJson.Default.JobResponse,
        Success = StatusCodes.Status202Accepted,
    };

    public static readonly ApiRoute Reconciliation = Create(
        "reconciliation",
        "Compares the ledger with a provider's own report, and corrects it if requested.",
        RouteAccess.Everything(Permission.JobsWrite),
        ContractJson.Default.ReconciliationBody,
        """{"provider": "openai", "start_date": "2026-11-01", "end_date": "2026-11-07"}"""
    );

    public static readonly ApiRoute Export = Create(
        "export",
        "Writes records or costs to a file.",
        RouteAccess.Within(Permission.JobsWrite),
        ContractJson.Default.ExportBody,
        """{"format": "parquet", "range": "last_month"}"""
    );

    public static readonly ApiRoute Rerate = Create(
        "rerate",
        "Reprices recorded calls at the current price list, by corrections.",
        RouteAccess.Everything(Permission.PricesWrite),
        ContractJson.Default.RerateBody,
        """{"start_date": "2026-11-01", "end_date": "2026-11-30", "dry_run": true}"""
    );

    /// <summary>The same as <see cref="Reconciliation"/>, under the name of its results.</summary>
    public static readonly ApiRoute Reconciliations = new("POST", "/api/v1/reconciliations")
    {
        Area = JobRoutes.Area,
        Summary = Reconciliation.Summary,
        Access = Reconciliation.Access,
        Audit = Reconciliation.Audit,
        Body = Reconciliation.Body,
        Response = Reconciliation.Response,
        Success = Reconciliation.Success,
        Example = Reconciliation.Example,
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All =>
        [Simulation, Analysis, Collection, Flows, Reconciliation, Reconciliations, Export, Rerate];

    private static ApiRoute Create(
        string kind,
        string summary,
        RouteAccess access,
        JsonTypeInfo body,
        string example
    ) =>
        new("POST", $"{JobRoutes.Path}/{kind}")
        {
            Area = JobRoutes.Area,
            Summary = summary,
            Access = access,
            Audit = "job.start",
            Body = body,
            Response = ContractJson.Default.JobResponse,
            Success = StatusCodes.Status202Accepted,
            Example = example,
        };
}
