using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Requests;

namespace Tollgate.Gateway.Calls;

/// <summary>Creates the state of each call as it arrives.</summary>
internal sealed class GatewayCallFactory(RequestMemoryBudget memory, TimeProvider clock) : IDisposable
{
    private readonly CallIdGenerator _ids = new();

    public GatewayCall Create(HttpContext http, IDialect dialect, Operation operation) =>
        new(http, dialect, operation, new BufferedRequest(memory))
        {
            StartedTimestamp = clock.GetTimestamp(),
            Id = _ids.Next(clock.GetUtcNow()),
        };

    public void Dispose() => _ids.Dispose();
}
