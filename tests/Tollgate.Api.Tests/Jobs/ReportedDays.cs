using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>A real web server with OpenAI's reports: one day of usage of two keys, and no costs.</summary>
internal sealed class ReportedDays : IAsyncDisposable
{
    private const string Empty = """{"object":"page","data":[],"has_more":false,"next_page":null}""";

    private const string Usage = """
        {"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[
        {"object":"organization.usage.completions.result","input_tokens":5000,"input_cached_tokens":4000,
        "output_tokens":1000,"num_model_requests":5,"project_id":"proj_abc","api_key_id":"key_abc","model":"gpt-4o"},
        {"object":"organization.usage.completions.result","input_tokens":70,"input_cached_tokens":0,
        "output_tokens":30,"num_model_requests":1,"project_id":"proj_abc","api_key_id":"key_xyz","model":"gpt-4o"}]}],
        "has_more":false,"next_page":null}
        """;

    private readonly WebApplication _app;

    private ReportedDays(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The credentials that were sent.</summary>
    public ConcurrentBag<string> Credentials { get; } = [];

    public static async Task<ReportedDays> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        var app = builder.Build();
        var server = new ReportedDays(app);
        app.Run(http =>
        {
            server.Credentials.Add(http.Request.Headers.Authorization.ToString());
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(
                http.Request.Path.Value!.EndsWith("/usage/completions", StringComparison.Ordinal) ? Usage : Empty
            );
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
