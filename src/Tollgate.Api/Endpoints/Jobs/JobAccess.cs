using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>
/// The jobs that a sender may see. They are its own, or everyone's if its reach is not restricted. A result also
/// demands the permission for its data, since a token may have <c>jobs:read</c> alone.
/// </summary>
internal static class JobAccess
{
    /// <summary>Returns the job that a path names.</summary>
    /// <exception cref="ProblemException">There is no such job, or not for this sender.</exception>
    public static Job Find(ApiRequest request, JobQueue queue) => Find(request, queue, request.GetPathValue("id"));

    /// <summary>Returns a job by its id.</summary>
    /// <exception cref="ProblemException">There is no such job, or not for this sender.</exception>
    public static Job Find(ApiRequest request, JobQueue queue, string id) =>
        Guid.TryParse(id, out var parsed) && queue.Find(parsed) is { } job && IsVisible(request, job)
            ? job
            : throw new ProblemException(
                ProblemCode.NotFound,
                $"There is no job '{Shorten(id)}'. GET /api/v1/jobs lists those that exist."
            );

    /// <summary>True if the sender may see a job.</summary>
    public static bool IsVisible(ApiRequest request, Job job) =>
        request.Principal.Reach.IsEverything() || (job.Actor == request.Actor && !job.ReachesEverything);

    /// <summary>Requires the permission for the data of a job.</summary>
    /// <exception cref="ProblemException">The sender does not have it.</exception>
    public static void RequireData(ApiRequest request, Job job)
    {
        if (GetPermission(job.Kind, isOwn: job.Actor == request.Actor) is { } permission)
            Require(request, permission, $"The result of this {job.Kind}");
    }

    /// <summary>Requires a permission besides that of the route.</summary>
    /// <param name="request">The request.</param>
    /// <param name="permission">The permission.</param>
    /// <param name="subject">The subject of the message.</param>
    /// <exception cref="ProblemException">The sender does not have it.</exception>
    public static void Require(ApiRequest request, Permission permission, string subject)
    {
        if (!request.Principal.May(permission))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{subject} requires the permission {permission.ToName()}, which {request.Principal.Describe()} does "
                    + "not have."
            );
    }

    private static Permission? GetPermission(string kind, bool isOwn) =>
        kind switch
        {
            ExportJob.Kind => Permission.CallsRead,
            CollectionJob.Kind or ReconciliationJob.Kind => Permission.UsageRead,
            RerateJob.Kind => Permission.PricesRead,
            // The sender's own numbers, or usage that it could read when it started the job.
            _ when isOwn => null,
            _ => Permission.UsageRead,
        };

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
