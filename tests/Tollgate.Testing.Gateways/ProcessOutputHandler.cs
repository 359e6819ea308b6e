namespace Tollgate.Testing.Gateways;

/// <summary>Adds what a process printed, and its exit code, to the error of a request without a response.</summary>
internal sealed class ProcessOutputHandler(GatewayProcess process) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            var state = process.HasExited ? $"exited with {process.ExitCode}" : "is running";
            throw new HttpRequestException(
                exception.HttpRequestError,
                $"{exception.Message} The gateway {state}. It printed: {process.Output}",
                exception,
                exception.StatusCode
            );
        }
    }
}
