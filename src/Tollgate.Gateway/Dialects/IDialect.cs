using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Dialects;

/// <summary>A wire dialect as callers see it: where their credential is, and what an error looks like.</summary>
internal interface IDialect
{
    /// <summary>The provider that a model goes to unless a model list specifies another.</summary>
    string DefaultProvider { get; }

    /// <summary>The operations, each with its paths: the dialect's column of the support matrix.</summary>
    IReadOnlyList<Operation> Operations { get; }

    /// <summary>The credential that the caller presents; empty if there is none.</summary>
    ReadOnlyMemory<char> GetCredential(HttpRequest request);

    /// <summary>Writes the body of an error.</summary>
    void WriteError(Utf8JsonWriter json, GatewayError error, string requestId);

    /// <summary>Writes the models that a caller may name.</summary>
    void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models, HttpRequest request);
}
