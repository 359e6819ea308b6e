using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using RazorSlices;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Authentication;
using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.State;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Routing;

/// <summary>Runs a request through the checks that are the same for all pages, then through its handler.</summary>
/// <param name="workspace">The ledger.</param>
/// <param name="identity">The sessions.</param>
/// <param name="log">The log.</param>
internal sealed partial class PageRunner(Workspace workspace, IdentityAccess identity, ILogger<PageRunner> log)
{
    /// <summary>The maximum size of a form: anyone may send the one for sign-in, and it is read into memory.</summary>
    private const int MaxFormBytes = 64 * 1024;

    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>Serves a request.</summary>
    public async Task RunAsync(HttpContext http, PageEndpoint endpoint)
    {
        PageHeaders.Set(http);
        PageRequest? request = null;
        IResult result;
        try
        {
            request = await AuthenticateAsync(http, http.RequestAborted);
            result = await ServeAsync(endpoint, request, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            result = CreateError(request ?? new PageRequest(http, null, ReadState(http)), endpoint.Route, exception);
        }

        // A slice would set its own.
        if (result is RazorSlice page)
            page.StatusCode = http.Response.StatusCode;
        await result.ExecuteAsync(http);
    }

    private async Task<PageRequest> AuthenticateAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var state = ReadState(http);
        if (SessionCookie.Read(http.Request) is not { } cookie)
            return new PageRequest(http, null, state);
        var parts = await identity.GetAsync(cancellationToken);
        var person = await parts.Sessions.CheckAsync(cookie, cancellationToken);
        var reach = person is null ? UsageReach.Nothing : await _reaches.ResolveAsync(person.Reach, cancellationToken);
        return new PageRequest(http, person, state) { Reach = reach };
    }

    private async Task<IResult> ServeAsync(
        PageEndpoint endpoint,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        // 1. The person.
        var route = endpoint.Route;
        if (request.Person is null && !route.IsPublic)
            return await RedirectToSignInAsync(request, cancellationToken);

        // 2. Only forms of these pages change something.
        if (HttpMethods.IsPost(route.Method))
            await RequireOwnFormAsync(request, cancellationToken);

        // 3. The rights.
        if (route.Permission is { } needed && !request.May(needed))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"This page requires the permission {needed.ToName()}, which your account does not have. "
                    + "Ask an administrator of this gateway."
            );

        // 4. The use case.
        return await endpoint.Handler(request, cancellationToken);
    }

    private async Task<IResult> RedirectToSignInAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var parts = await identity.GetAsync(cancellationToken);
        if ((await parts.Accounts.ListAsync(cancellationToken)).Count == 0)
            return new RedirectResult(request.BasePath + "setup");
        var http = request.Http.Request;
        var target = HttpMethods.IsGet(http.Method) ? http.Path.Value![1..] + http.QueryString.Value : "";
        return new RedirectResult(
            target.Length == 0
                ? request.BasePath + "sign-in"
                : $"{request.BasePath}sign-in?return={Uri.EscapeDataString(target)}"
        );
    }

    private static async Task RequireOwnFormAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var http = request.Http.Request;
        request.Http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxFormBytes;
        if (!CrossSiteCheck.IsAllowed(http) || !http.HasFormContentType)
            throw CreateForeign();
        var form = await http.ReadFormAsync(cancellationToken);
        if (
            request.Person is not null
            && !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(form["form_token"].ToString()),
                Encoding.UTF8.GetBytes(request.FormToken)
            )
        )
            throw CreateForeign();
    }

    private static ProblemException CreateForeign() =>
        new(
            ProblemCode.CrossSite,
            "This form was not sent from a page of this session. Load the page again, and repeat the change."
        );

    private IResult CreateError(PageRequest request, PageRoute route, Exception exception)
    {
        if (ProblemWriter.Convert(exception, route.Method == "GET") is not { } problem)
        {
            LogFailed(route, exception);
            problem = new ProblemException(
                ProblemCode.Internal,
                "The page failed because of an error in Tollgate. Its log has the details."
            );
        }

        request.Http.Response.StatusCode = problem.Code.Status;
        var frame = new FrameModel(request, problem.Code.Title, "");
        return ErrorPage.Create(new ErrorModel(frame, problem.Message));
    }

    private PageState ReadState(HttpContext http) => PageStateReader.Read(http.Request, workspace.Now);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Route} failed")]
    private partial void LogFailed(PageRoute route, Exception exception);
}
