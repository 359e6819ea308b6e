using System.Net;
using System.Text.RegularExpressions;

namespace Tollgate.Dashboard.Tests;

/// <summary>A browser without script, that follows no redirect.</summary>
public sealed partial class PageClient : IDisposable
{
    private readonly HttpClient _client;

    public PageClient(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>Signs in, and keeps the session.</summary>
    public async Task SignInAsync(string username, string password)
    {
        var response = await PostAsync("sign-in", ("username", username), ("password", password));
        response.Status.ShouldBe(HttpStatusCode.SeeOther, response.Text);
    }

    /// <summary>Loads a page.</summary>
    public async Task<LoadedPage> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        return await LoadedPage.ReadAsync(response);
    }

    /// <summary>Sends a form from a page of the program, with the token of its session.</summary>
    public async Task<LoadedPage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = FindToken((await GetAsync("my")).Text);
        return await PostAsync(path, "same-origin", [.. fields, ("form_token", token)]);
    }

    /// <summary>Sends a form from a page of a site.</summary>
    /// <param name="path">The path.</param>
    /// <param name="site">The relation of the site to the program, as browsers state it.</param>
    /// <param name="fields">The fields.</param>
    public async Task<LoadedPage> PostAsync(string path, string site, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))
            ),
        };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await _client.SendAsync(request);
        return await LoadedPage.ReadAsync(response);
    }

    public void Dispose() => _client.Dispose();

    private static string FindToken(string page) =>
        TokenField().Match(page) is { Success: true } match ? match.Groups[1].Value : "";

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]*)\"")]
    private static partial Regex TokenField();
}
