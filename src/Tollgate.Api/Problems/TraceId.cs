using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Problems;

/// <summary>The text by which a response is found in the log.</summary>
internal static class TraceId
{
    /// <summary>Returns the trace of a request, or its own identifier if no traces are recorded.</summary>
    public static string Get(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
}
