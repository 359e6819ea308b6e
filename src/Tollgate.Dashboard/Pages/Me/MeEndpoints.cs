using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.SignIns;
using Tollgate.Api.Authentication;
using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Accounts;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Me;

/// <summary>The person who is signed in, and where.</summary>
internal sealed class MeEndpoints(Workspace workspace, IdentityAccess identity)
{
    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [
            new(new PageRoute("GET", "/my"), ShowAsync),
            new(new PageRoute("POST", "/my/sessions/{id}/end"), EndSessionAsync),
        ];

    private async Task<IResult> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var person = request.Person!;
        return MePage.Create(
            new MeModel(new FrameModel(request, "My account", "my"), person)
            {
                Reach = person.Reach.Describe(),
                Sessions = await ListSessionsAsync(request, cancellationToken),
            }
        );
    }

    private async Task<IResult> EndSessionAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var text = request.GetPathValue("id");
        var session = (await ListSessionsAsync(request, cancellationToken)).FirstOrDefault(session =>
            session.Id.ToString("N") == text
        );
        if (session is null)
            throw new ProblemException(ProblemCode.NotFound, $"There is no session '{text}'.");
        var parts = await identity.GetAsync(cancellationToken);
        await parts.Sessions.EndAsync(session.Id, SessionEnd.Revoked, cancellationToken);
        await _trail.RecordAsync(
            request.Actor,
            "session.end",
            request.Person!.Name,
            before: null,
            $$"""{"session":"{{session.Id:N}}"}"""
        );
        return new RedirectResult(request.BasePath + "my");
    }

    private async Task<IReadOnlyList<SignInSession>> ListSessionsAsync(
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        var parts = await identity.GetAsync(cancellationToken);
        return await parts.Sessions.ListAsync(
            new SignInSessionSelection { Account = request.Person!.Name, LiveAt = workspace.Now },
            cancellationToken
        );
    }
}
