using Tollgate.Operations.Collectors;
using Tollgate.Operations.Collectors.Collections;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.JobKinds;

/// <summary>Collects the providers' own reports. The result is a <see cref="Collection"/>.</summary>
public static class CollectionJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "collection";

    /// <summary>Returns the work. The providers, their keys, and the period are checked at once.</summary>
    /// <param name="workspace">The data folder, which keeps final days.</param>
    /// <param name="requests">A request for each provider.</param>
    /// <exception cref="OperationException">A request is not valid, or a provider has no key.</exception>
    public static Func<JobContext, Task> Create(Workspace workspace, IReadOnlyList<CollectRequest> requests)
    {
        foreach (var request in requests)
            CollectorOperations.Check(request);
        return async context =>
        {
            var collector = new CollectorOperations(workspace);
            var lines = new List<ReportedUsage>();
            foreach (var (place, request) in requests.Index())
            {
                context.Report((double)place / requests.Count, $"collecting from {request.Provider}");
                lines.AddRange(await collector.CollectAsync(request, context.CancellationToken));
            }

            await JobResults.WriteAsync(
                context,
                Collection.Create(context.Id.ToString(), lines),
                CollectionJson.Default.Collection
            );
        };
    }
}
