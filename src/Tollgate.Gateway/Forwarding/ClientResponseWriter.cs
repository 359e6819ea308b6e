using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Writes the response to the caller. Once the caller has disconnected, writing does nothing.</summary>
internal sealed class ClientResponseWriter(HttpContext http, UpstreamDeadline deadline)
{
    private readonly HttpResponse _response = http.Response;
    private readonly PipeWriter _writer = http.Response.BodyWriter;

    /// <summary>True if the caller has disconnected.</summary>
    public bool IsDisconnected { get; private set; }

    /// <summary>Declares the length of the response, before its first byte.</summary>
    public void SetLength(long length) => _response.ContentLength = length;

    /// <summary>Writes and flushes.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || IsDisconnected)
            return ValueTask.CompletedTask;
        var flush = _writer.WriteAsync(bytes);
        if (!flush.IsCompletedSuccessfully)
            return AwaitAsync(flush);
        IsDisconnected = flush.Result.IsCompleted || flush.Result.IsCanceled;
        return ValueTask.CompletedTask;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(
        typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder)
    )]
    private async ValueTask AwaitAsync(ValueTask<FlushResult> flush)
    {
        deadline.Pause();
        var result = await flush;
        IsDisconnected = result.IsCompleted || result.IsCanceled;
    }
}
