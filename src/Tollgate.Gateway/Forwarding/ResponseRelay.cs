using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Chooses how to relay a response by its own headers.</summary>
internal static class ResponseRelay
{
    /// <summary>
    /// Returns a relay, or the error that replaces a response that no client of the dialect could read.
    /// </summary>
    public static (IResponseRelay? Relay, GatewayError? Error) Create(
        GatewayCall call,
        Attempt attempt,
        UpstreamBody body,
        IUsageMeter meter,
        CostInjector? cost
    )
    {
        var response = attempt.Response!;
        var type = GetMediaType(response);
        var encoding = GetEncoding(response);
        if (ValidateReadable(attempt, type, encoding) is { } error)
            return (null, error);

        var caller = new ClientResponseWriter(call.Http, attempt.Deadline);
        var scanner = CreateScanner(call, attempt, type);
        if (scanner is null)
            return (
                new BufferedRelay(body, caller, meter, encoding, response.Content.Headers.ContentLength),
                null
            );

        var withholds = call.WithholdsUsage(attempt.Target.Deployment);
        var filter = new FrameFilter(scanner, meter, withholds, cost);
        if (encoding is null)
            return (new StreamRelay(body, body, caller, filter), null);
        // A compressed stream cannot be edited: if a chunk must be changed, the caller gets the stream decoded.
        return withholds || cost is not null
            ? (new StreamRelay(body, ResponseDecoder.Open(body, encoding, body), caller, filter), null)
            : (new EncodedStreamRelay(body, encoding, caller, filter), null);
    }

    private static IFrameScanner? CreateScanner(GatewayCall call, Attempt attempt, string? type)
    {
        if (attempt.StatusCode >= 400 || !call.IsStreaming)
            return null;
        if (Is(type, "text/event-stream"))
            return new SseScanner();
        return call.Operation.StreamFormat == StreamFormat.JsonArray ? new JsonArrayScanner() : null;
    }

    private static GatewayError? ValidateReadable(Attempt attempt, string? type, string? encoding)
    {
        var deployment = attempt.Target.Deployment;
        if (encoding is not null && !ResponseDecoder.Supports(encoding))
            return GatewayError.ProviderFailed(
                $"The provider {deployment.Provider} ({deployment.Name}) responded in the encoding '{encoding}', "
                    + $"which cannot be metered."
            );
        if (attempt is { HasUsableResponse: false, StatusCode: < 400 or > 599 })
            return GatewayError.ProviderFailed(
                $"The provider {deployment.Provider} ({deployment.Name}) returned status {attempt.StatusCode}, which "
                    + $"is neither a success nor an error."
            );
        if (
            type is null
            || Is(type, "application/json")
            || Is(type, "text/event-stream")
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var status = attempt.StatusCode >= 400 ? attempt.StatusCode : StatusCodes.Status502BadGateway;
        return GatewayError.ProviderFailed(
            $"The provider {deployment.Provider} ({deployment.Name}) returned status {attempt.StatusCode} with "
                + $"'{type}' instead of JSON.",
            status
        );
    }

    /// <summary>The media type; the two that nearly all responses have are recognized without parsing.</summary>
    private static string? GetMediaType(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values))
            return null;
        return values.ToString() switch
        {
            "application/json" => "application/json",
            "text/event-stream" => "text/event-stream",
            _ => response.Content.Headers.ContentType?.MediaType,
        };
    }

    private static bool Is(string? type, string other) =>
        string.Equals(type, other, StringComparison.OrdinalIgnoreCase);

    private static string? GetEncoding(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values))
            return null;
        var encoding = values.ToString().Trim().ToLowerInvariant();
        return encoding is "" or "identity" ? null : encoding;
    }
}
