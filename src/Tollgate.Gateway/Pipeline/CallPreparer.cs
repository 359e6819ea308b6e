using System.Runtime.CompilerServices;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Pipeline;

/// <summary>Decides everything that is decided before a call is forwarded.</summary>
internal sealed class CallPreparer(
    VirtualKeyAuthenticator authenticator,
    RegistryAccessPolicy registry,
    RequestReader reader,
    RouteTable routes,
    CallRecorder recorder
)
{
    /// <summary>Takes steps 1 to 4; returns null if the call may be forwarded.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> PrepareAsync(GatewayCall call)
    {
        // 1. Authenticate the caller.
        var (key, refusal) = authenticator.Authenticate(call.Http, call.Dialect.GetCredential(call.Http.Request));
        call.Key = key;
        if (refusal is not null)
            return refusal;
        if (key is null && LoopbackOnlyPolicy.Check(call.Http.Request) is { } foreign)
            return foreign;
        if (!recorder.IsReady)
            return GatewayError.LedgerUnavailable;

        // 2. Read the request.
        if (await reader.ReadAsync(call.Http, call.Body) is { } unread)
            return unread;
        if (RequestInspector.TryRead(call.Body.Bytes, call.Fields) is { } error)
            return GatewayError.Invalid(error);
        var model = call.Http.Request.RouteValues.TryGetValue("model", out var named)
            ? (string?)named
            : call.Fields.Model;
        if (string.IsNullOrWhiteSpace(model))
            return GatewayError.Invalid("The request does not name a model. Set 'model'.", "missing_model");
        if (ModelName.Validate(model) is { } misnamed)
            return GatewayError.Invalid(misnamed, "invalid_model");
        call.CallerModel = model;

        // 3. Authorize the call and attribute it.
        if (VirtualKeyAuthenticator.AuthorizeModel(key, model) is { } forbidden)
            return forbidden;
        if (CallerAttribution.Validate(call.Http.Request.Headers) is { } overlong)
            return GatewayError.Invalid(overlong, "invalid_header");
        call.Attribution = CallerAttribution.Create(key, call.Http.Request.Headers, call.Fields.EndUser);
        if (registry.Check(call.Attribution) is { } unregistered)
            return unregistered;

        // 4. Find a route.
        call.Route = routes.Resolve(call.Dialect.Wire, call.Dialect.DefaultProvider, model);
        return call.Route.Plan is null ? GatewayError.NotFound(call.Route.Reason!, "model_not_found") : null;
    }
}
