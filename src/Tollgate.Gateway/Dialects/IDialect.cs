using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Providers;

namespace Tollgate.Gateway.Dialects;

/// <summary>A wire dialect as callers see it: where their credential is, and what an error looks like.</summary>
internal interface IDialect
{
    /// <summary>The name by which providers and routes refer to the dialect.</summary>
    WireDialect Wire { get; }

    /// <summary>The provider that a model goes to unless a model list specifies another.</summary>
    string DefaultProvider { get; }

    /// <summary>The operations, each with its paths: the dialect's column of the support matrix.</summary>
    IReadOnlyList<Operation> Operations { get; }

    /// <summary>The credential that the caller presents; empty if there is none.</summary>
    ReadOnlyMemory<char> GetCredential(HttpRequest request);

    /// <summary>
    /// Adds the dialect's own rate limit headers, if it has any, to those that callers of every dialect receive.
    /// </summary>
    void AddRateLimitHeaders(IHeaderDictionary headers, in RateLimitStatus status);

    /// <summary>Writes the body of an error.</summary>
    void WriteError(Utf8JsonWriter json, GatewayError error, string requestId);

    /// <summary>Writes the models that a caller may name.</summary>
    void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models, HttpRequest request);
}
