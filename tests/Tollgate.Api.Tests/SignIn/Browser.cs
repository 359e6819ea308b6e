using System.Net;
using System.Text.RegularExpressions;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>A browser as far as sign-in needs it: it keeps cookies, follows redirects, and submits forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
    );

    /// <summary>Opens a page, and returns it after all redirects; or the last redirect itself if one matches.</summary>
    public async Task<Page> OpenAsync(Uri address, Func<Uri, bool>? stopBefore = null) =>
        await FollowAsync(new HttpRequestMessage(HttpMethod.Get, address), stopBefore);

    /// <summary>Submits the form of a page.</summary>
    public async Task<Page> SubmitAsync(
        Page page,
        Dictionary<string, string> values,
        Func<Uri, bool>? stopBefore = null
    )
    {
        var action = FormAction().Match(page.Text).Groups[1].Value;
        foreach (Match hidden in HiddenField().Matches(page.Text))
            values.TryAdd(hidden.Groups[1].Value, hidden.Groups[2].Value);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, action))
        {
            Content = new FormUrlEncodedContent(values),
        };
        return await FollowAsync(request, stopBefore);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> FollowAsync(HttpRequestMessage request, Func<Uri, bool>? stopBefore)
    {
        for (var steps = 0; steps < 20; steps++)
        {
            var address = request.RequestUri!;
            using var response = await _http.SendAsync(request);
            request.Dispose();
            var text = await response.Content.ReadAsStringAsync();
            if ((int)response.StatusCode is not (>= 300 and < 400))
                return new Page(address, response.StatusCode, text);
            var next = new Uri(address, response.Headers.Location!);
            if (stopBefore?.Invoke(next) == true)
                return new Page(next, response.StatusCode, text);
            request = new HttpRequestMessage(HttpMethod.Get, next);
        }

        throw new InvalidOperationException("There were more than 20 redirects.");
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
