using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Client;

/// <summary>Sends requests, and turns error responses into exceptions.</summary>
internal sealed class ApiConnection
{
    private readonly Uri _base;

    public ApiConnection(HttpClient http)
    {
        Http = http;
        var address =
            http.BaseAddress ?? throw new ArgumentException("The HTTP client has no base address.", nameof(http));
        // The address may have a path, below which a proxy publishes the gateway.
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    public HttpClient Http { get; }

    /// <summary>Sends a request, and returns the response, whose body may still arrive.</summary>
    /// <exception cref="TollgateProblemException">The gateway refused it.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path)) { Content = content };
        if (method == HttpMethod.Delete)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any); // As it is now, even if it has changed.
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await CreateExceptionAsync(response, cancellationToken);
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync<TBody>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> type,
        CancellationToken cancellationToken
    ) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body, type), cancellationToken);

    public async Task<T> PostAsync<TBody, T>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        using var response = await PostAsync(path, body, bodyType, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Reads all pages of a list, one at a time.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path,
        JsonTypeInfo<ListDocument<T>> type,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var next = after is null ? path : $"{path}{separator}after={Uri.EscapeDataString(after)}";
            var page = await GetAsync(next, type, cancellationToken);
            foreach (var item in page.Data)
                yield return item;
            after = page.Page?.Next;
        } while (after is not null);
    }

    public static async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken)
        ?? throw new JsonException($"The response of {response.RequestMessage?.RequestUri} is null.");

    private static async Task<TollgateProblemException> CreateExceptionAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        ProblemDocument? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            problem = await response.Content.ReadFromJsonAsync(ClientJson.Default.ProblemDocument, cancellationToken);
        return new TollgateProblemException(response.StatusCode, problem, response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Creates a body that is a file.</summary>
    public static StreamContent CreateFile(Stream file, string mediaType)
    {
        var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
