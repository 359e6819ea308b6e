using Tollgate.Operations.ImportExport;
using Tollgate.Operations.Jobs;

namespace Tollgate.Operations.JobKinds;

/// <summary>Writes records or costs to a file, which is the result.</summary>
public static class ExportJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "export";

    /// <summary>Returns the work.</summary>
    /// <param name="export">The records within the reach of the sender.</param>
    /// <param name="request">The export.</param>
    /// <exception cref="OperationException">The request is not valid.</exception>
    public static Func<JobContext, Task> Create(ExportOperations export, ExportRequest request)
    {
        request.Validate();
        return async context =>
        {
            context.Report(0, "writing");
            context.ResultType = request.Kind.MediaType;
            await using var result = context.OpenResult();
            await export.WriteAsync(request, result, context.CancellationToken);
        };
    }
}
