using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Writes the response to the caller. Once the caller has disconnected, writing does nothing.</summary>
internal sealed class CallerBody(HttpContext http, UpstreamDeadline deadline)
{
    private readonly PipeWriter _writer = http.Response.BodyWriter;

    /// <summary>Whether the caller has disconnected.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Writes and flushes.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || HasLeft)
            return ValueTask.CompletedTask;
        var flush = _writer.WriteAsync(bytes);
        if (!flush.IsCompletedSuccessfully)
            return AwaitAsync(flush);
        HasLeft = flush.Result.IsCompleted || flush.Result.IsCanceled;
        return ValueTask.CompletedTask;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(
        typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder)
    )]
    private async ValueTask AwaitAsync(ValueTask<FlushResult> flush)
    {
        deadline.Pause();
        var result = await flush;
        HasLeft = result.IsCompleted || result.IsCanceled;
    }
}
