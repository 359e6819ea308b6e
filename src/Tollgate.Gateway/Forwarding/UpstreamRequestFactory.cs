using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Creates the provider's request from the caller's.</summary>
internal static class UpstreamRequestFactory
{
    private const string ResourcePrefix = "models/";

    /// <summary>The request for one attempt; apart from the splices, the body is the caller's bytes.</summary>
    public static HttpRequestMessage Create(
        GatewayCall call,
        Deployment deployment,
        string model,
        UpstreamAddresses addresses
    )
    {
        var request = call.Http.Request;
        var splices = RequestEdits.Create(
            call.Fields,
            GetModelNameInBody(call, model),
            call.MustRequestUsage(deployment)
        );
        var message = new HttpRequestMessage(HttpMethod.Post, GetAddress(call, deployment, model, addresses))
        {
            Content = new EditedContent(call.Body, splices),
            Version = deployment.Http2Cleartext ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = deployment.Http2Cleartext
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrHigher,
        };
        HeaderRules.CopyToProvider(
            request.Headers,
            message,
            deployment,
            HeaderRules.GetSupportedEncodings(request.Headers, call.IsStreaming)
        );
        return message;
    }

    /// <summary>Gemini's bodies name the model as a resource, if they name it at all.</summary>
    private static string GetModelNameInBody(GatewayCall call, string model) =>
        call.Operation.UpstreamPath is null
        && call.Fields.Model?.StartsWith(ResourcePrefix, StringComparison.Ordinal) == true
            ? ResourcePrefix + model
            : model;

    private static Uri GetAddress(
        GatewayCall call,
        Deployment deployment,
        string model,
        UpstreamAddresses addresses
    )
    {
        var path = GetPath(call, deployment, model, out var isFixed);
        var query = GetQuery(call.Http.Request.QueryString, deployment);
        if (query.Length > 0 || !isFixed)
            return UpstreamAddresses.Join(deployment.BaseAddress, path + query);
        return addresses.GetFixed(deployment.BaseAddress, path);
    }

    private static string GetPath(GatewayCall call, Deployment deployment, string model, out bool isFixed)
    {
        // An address that contains a name from the caller must not be cached: callers can invent any number of names.
        isFixed = false;
        if (call.Operation.UpstreamPath is { } path)
        {
            if (
                deployment.Provider == "azure"
                && !deployment.BaseAddress.AbsolutePath.Contains("/v1", StringComparison.Ordinal)
            )
                return $"/openai/deployments/{Uri.EscapeDataString(model)}{path}";
            isFixed = true;
            return path;
        }

        // Gemini: the caller's own path, with the model's name replaced.
        var own = call.Http.Request.Path.Value!;
        var colon = own.LastIndexOf(':');
        var slash = own.LastIndexOf('/', colon);
        return string.Concat(own.AsSpan(0, slash + 1), Uri.EscapeDataString(model), own.AsSpan(colon));
    }

    private static string GetQuery(QueryString query, Deployment deployment)
    {
        if (!query.HasValue)
            return deployment.ApiVersion is { } only ? $"?api-version={Uri.EscapeDataString(only)}" : "";
        var kept = query
            .Value!.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => IsForwarded(pair, deployment));
        if (deployment.ApiVersion is { } version)
            kept = kept.Append($"api-version={Uri.EscapeDataString(version)}");
        var joined = string.Join('&', kept);
        return joined.Length == 0 ? "" : "?" + joined;
    }

    /// <summary>
    /// The caller's key and api-version concern only the gateway, and so does the shape of the response: a field mask
    /// would omit the usage. Names are compared as servers do, unescaped; Google's may start with a dollar sign.
    /// </summary>
    private static bool IsForwarded(string pair, Deployment deployment)
    {
        var end = pair.IndexOf('=', StringComparison.Ordinal);
        return Uri.UnescapeDataString(end < 0 ? pair : pair[..end]).TrimStart('$').ToLowerInvariant() switch
        {
            "key" or "access_token" or "oauth_token" or "fields" => false,
            "api-version" => deployment.ApiVersion is null,
            _ => true,
        };
    }
}
