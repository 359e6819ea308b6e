using System.Globalization;
using Tollgate.Api.Composition;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.ImportExport;
using Tollgate.Operations.Reports;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Exports;

/// <summary>Files that are sent while they are written, all within the sender's reach.</summary>
/// <param name="workspace">The ledger and the prices.</param>
/// <param name="options">Writes PDF files.</param>
internal sealed class ExportEndpoints(Workspace workspace, ApiOptions options)
{
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>A Parquet file is written in large parts, which a job can do.</summary>
    private static readonly IReadOnlyList<string> Streamed =
    [
        .. ExportKind.All.Where(static kind => kind.Format != ExportFormat.Parquet).Select(static kind => kind.Name),
    ];

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(ExportRoutes.Export, ExportAsync), new(ExportRoutes.Report, ReportAsync)];

    private async Task<ApiResponse> ExportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var name = request.GetPathValue("format");
        if (!Streamed.Contains(name) || ExportKind.Find(name) is not { } kind)
            throw new ProblemException(
                ProblemCode.NotFound,
                $"There is no export '{name}' here. The formats are {string.Join(", ", Streamed)}; "
                    + "POST /api/v1/jobs/export writes Parquet files."
            );
        var scope = ScopeParameters.Read(request, workspace.Now);
        var export = new ExportRequest(kind, scope) { Bucket = request.Get(ExportRoutes.Bucket) };
        export.Validate(); // Before the first byte.
        var reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        var operations = new ExportOperations(workspace, reach);
        return new WrittenResponse(
            (body, canceled) => operations.WriteAsync(export, body, canceled),
            kind.MediaType,
            GetFileName(kind.IsFocus ? "focus" : "usage", scope.Range, kind.Extension)
        );
    }

    private async Task<ApiResponse> ReportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var range = ScopeParameters.ReadRange(request, workspace.Now);
        var reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        var report = await new ReportOperations(workspace, reach).ReadAsync(range.Period, cancellationToken);
        var file = new MemoryStream();
        options.WriteReport(report, file);
        file.Position = 0;
        return new FileResponse(file, "application/pdf", GetFileName("report", range, "pdf"));
    }

    private static string GetFileName(string contents, TimeRange range, string extension) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"tollgate-{contents}-{range.From:yyyyMMdd}-{range.To:yyyyMMdd}.{extension}"
        );
}
