using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tollgate.Testing.Gateways;

/// <summary>What tests call a gateway with, in whatever form it runs.</summary>
public sealed class GatewayClient : HttpClient
{
    public GatewayClient(Uri gateway)
        : this(gateway, new SocketsHttpHandler()) { }

    /// <param name="gateway">The address of the gateway.</param>
    /// <param name="handler">Sends the requests; disposed with the client.</param>
    public GatewayClient(Uri gateway, HttpMessageHandler handler)
        : base(handler)
    {
        BaseAddress = gateway;
        // A machine whose cores are all busy answers late: only a test that fails waits this long.
        Timeout = TimeSpan.FromMinutes(2);
    }

    /// <summary>Posts JSON unchanged, and returns the response as soon as its headers have arrived.</summary>
    public Task<HttpResponseMessage> PostJsonAsync(
        string path,
        string json,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Posts a chat call whose prompt holds a script for the simulated provider.</summary>
    /// <param name="script">The script, such as <c>input=10 output=20</c>.</param>
    /// <param name="members">More members of the request's JSON, each after a comma.</param>
    /// <param name="model">The model.</param>
    /// <param name="headers">More headers.</param>
    public Task<HttpResponseMessage> ChatAsync(
        string script,
        string members = "",
        string model = "gpt-4o",
        params (string Name, string Value)[] headers
    ) => PostJsonAsync("/v1/chat/completions", ChatJson(script, members, model), headers);

    /// <summary>Posts a chat call, reads the whole response, and returns its status.</summary>
    /// <inheritdoc cref="ChatAsync"/>
    public async Task<HttpStatusCode> ChatStatusAsync(
        string script,
        string members = "",
        string model = "gpt-4o",
        params (string Name, string Value)[] headers
    )
    {
        using var response = await ChatAsync(script, members, model, headers);
        await response.Content.CopyToAsync(Stream.Null);
        return response.StatusCode;
    }

    private static string ChatJson(string script, string members, string model) =>
        $$"""{"model":"{{model}}"{{members}},"messages":[{"role":"user","content":"[[sim {{script}}]]"}]}""";
}
