using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Calls;

/// <summary>The state of one call while it passes through the gateway.</summary>
internal sealed class GatewayCall : IDisposable
{
    public GatewayCall(HttpContext http, IDialect dialect, Operation operation, BufferedRequest body)
    {
        Http = http;
        Dialect = dialect;
        Operation = operation;
        Body = body;
    }

    public HttpContext Http { get; }

    public IDialect Dialect { get; }

    public Operation Operation { get; }

    /// <summary>The call's arrival, by the monotonic clock.</summary>
    public required long StartedTimestamp { get; init; }

    /// <summary>The id that all attempts share.</summary>
    public required Guid Id
    {
        get;
        init => (field, RequestId) = (value, value.ToString());
    }

    /// <summary><see cref="Id"/> as the caller sees it.</summary>
    public string RequestId { get; private init; } = "";

    public BufferedRequest Body { get; }

    public RequestFields Fields { get; } = new();

    /// <summary>The caller's key; null at a gateway without keys.</summary>
    public VirtualKey? Key { get; set; }

    public Attribution Attribution { get; set; } = Attribution.None;

    public RouteResult Route { get; set; }

    /// <summary>The model as the caller named it, in the body or in the path.</summary>
    public string CallerModel { get; set; } = "";

    /// <summary>The number of physical attempts made so far.</summary>
    public int Attempts { get; set; }

    public void Dispose() => Body.Dispose();
}
