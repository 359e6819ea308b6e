using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Control;
using Tollgate.SimulatedProvider.Reports;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.SimulatedProvider.Serving;

namespace Tollgate.SimulatedProvider;

/// <summary>Dispatches every request.</summary>
internal sealed class RequestDispatcher
{
    private readonly CallHandler _calls;
    private readonly ControlEndpoints _control;
    private readonly ReportEndpoints _reports;
    private readonly ResponseIdGenerator _ids;

    public RequestDispatcher(SimulatedProviderOptions options)
    {
        var bill = new Bill(options.TimeProvider, options.ListedCalls);
        var inFlight = new CallsInFlight();
        var dealer = new FailureScheduler(options.Failures, options.Seed);
        _ids = new ResponseIdGenerator(options.TimeProvider);
        _calls = new CallHandler(options, bill, inFlight, dealer);
        _reports = new ReportEndpoints(bill, inFlight, options.TimeProvider);
        _control = new ControlEndpoints(bill, inFlight, dealer, _calls.Reset);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var route = ProviderRoute.Match(context.Request);
        try
        {
            await RunAsync(context, route);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client disconnected, or sent half a request. Its usage is already booked.
            context.Abort();
        }
    }

    private Task RunAsync(HttpContext context, ProviderRoute route) =>
        route.Action switch
        {
            RouteAction.Control => _control.HandleAsync(context),
            RouteAction.Call => _calls.HandleAsync(context, route),
            RouteAction.Unknown => RefuseAsync(context, route, 404, "Unknown route."),
            _ when !Credentials.ArePresent(context.Request, route.Family) => RefuseAsync(
                context,
                route,
                401,
                "No credentials were provided."
            ),
            RouteAction.Report => _reports.HandleAsync(context, route.Family),
            RouteAction.Models => ModelLists.HandleAsync(context, route),
            _ => TokenCounts.HandleAsync(context, route.Family),
        };

    private Task RefuseAsync(HttpContext context, ProviderRoute route, int status, string message)
    {
        RequestIds.Set(context, route.Family, _ids.Next());
        return ErrorResponse.SendAsync(context, route.Family, status, message);
    }
}
