using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Operations;
using Tollgate.Operations.Collectors.Collections;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Reads collections that other requests refer to.</summary>
/// <param name="queue">The jobs.</param>
internal sealed class CollectionReader(JobQueue queue)
{
    /// <summary>Reads a collection.</summary>
    /// <exception cref="ProblemException">There is no such collection for this sender, or it has not ended.</exception>
    /// <exception cref="OperationException">The id is not that of a collection.</exception>
    public async Task<Collection> ReadAsync(ApiRequest request, string id, CancellationToken cancellationToken)
    {
        var job = JobAccess.Find(request, queue, id);
        if (job.Kind != CollectionJob.Kind)
            throw new OperationException(
                OperationError.Invalid,
                $"collection_id must be the id of a collection, but '{id}' is that of a {job.Kind}."
            )
            {
                Field = "collection_id",
            };
        JobAccess.RequireData(request, job);
        JobAnswers.RequireSuccess(job);
        return await JobResults.ReadAsync(queue, job.Id, CollectionJson.Default.Collection, cancellationToken)
            ?? throw new ProblemException(
                ProblemCode.NotFound,
                $"The collection '{id}' was removed to make room for later results. Collect it again."
            );
    }
}
