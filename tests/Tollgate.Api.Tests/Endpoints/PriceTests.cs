using System.Net;
using System.Text.Json;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

public sealed class PriceTests : IAsyncLifetime
{
    private ConfiguredHost _host = null!;

    [Fact]
    public async Task Lists_the_price_of_a_model_with_exact_rates()
    {
        var price = (await DataAsync("/api/v1/prices?provider=openai&model=gpt-4o")).ShouldHaveSingleItem();

        price.GetProperty("provider").GetString().ShouldBe("openai");
        var input = price.GetProperty("rates").EnumerateArray().First(static rate => Kind(rate) == "input_text");
        input.GetProperty("usd").GetString().ShouldBe("2.5");
        input.GetProperty("per").GetInt64().ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Lists_prices_page_by_page_each_model_once()
    {
        var names = new List<string>();
        var path = "/api/v1/prices?provider=openai&limit=10";
        var next = path;
        while (next is not null)
        {
            var page = await _host.GetAsync(next);
            names.AddRange(
                page.GetProperty("data").EnumerateArray().Select(static price => price.GetProperty("model").ToString())
            );
            var after = page.GetProperty("page").GetProperty("next").GetString();
            next = after is null ? null : $"{path}&after={after}";
        }

        names.Count.ShouldBeGreaterThan(20);
        names.ShouldBe(names.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lists_the_versions_of_a_model()
    {
        (await DataAsync("/api/v1/prices/gpt-4o/versions"))
            .Select(static price => price.GetProperty("price_version").GetString())
            .ShouldBeUnique();
        (await _host.SendAsync(HttpMethod.Get, "/api/v1/prices/no-such/versions")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await _host.SendAsync(HttpMethod.Get, "/api/v1/prices/openai%2Fgpt-oss-120b/versions")).Status.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task Compares_the_cost_of_one_usage()
    {
        var quotes = await DataAsync(
            "/api/v1/prices/compare?models=openai/gpt-4o,openai/gpt-4o-mini,no-such&input_tokens=1000000"
                + "&cached_tokens=0&output_tokens=100000"
        );

        quotes
            .Select(static quote => $"{quote.GetProperty("model")} {quote.GetProperty("cost")}")
            .ShouldBe(["gpt-4o-mini 0.21", "gpt-4o 3.5", "no-such "]);
        quotes[2]
            .GetProperty("unpriced")
            .EnumerateArray()
            .Select(static kind => kind.GetString())
            .ShouldBe(["input_text", "output_text"]);
        var more = await _host.SendAsync(HttpMethod.Get, "/api/v1/prices/compare?input_tokens=1&cached_tokens=2");
        more.Status.ShouldBe(HttpStatusCode.BadRequest);
        more.Body.GetProperty("errors")[0].GetProperty("parameter").GetString().ShouldBe("cached_tokens");
    }

    [Fact]
    public async Task Lists_models_without_a_price_and_previews_what_repricing_would_change()
    {
        var ago = TimeSpan.FromDays(2);
        await _host.RecordAsync(("no-such", null, ago), ("no-such", null, ago), ("gpt-4o", 1, ago));

        var unpriced = (await DataAsync("/api/v1/prices/unpriced")).ShouldHaveSingleItem();
        unpriced.GetProperty("model").GetString().ShouldBe("no-such");
        unpriced.GetProperty("calls").GetInt64().ShouldBe(2);
        unpriced.GetProperty("input_tokens").GetInt64().ShouldBe(2000);
        (await DataAsync("/api/v1/prices/unpriced?range=24h")).ShouldBeEmpty();

        var (status, preview) = await _host.SendAsync(HttpMethod.Post, "/api/v1/prices/preview", "{}");
        status.ShouldBe(HttpStatusCode.OK, preview.ToString());
        preview.GetProperty("corrections").GetInt64().ShouldBe(1);
        preview.GetProperty("no_price").GetInt64().ShouldBe(2);
        preview.GetProperty("difference").GetString().ShouldBe("-0.9925");
        preview.GetProperty("models")[0].GetProperty("after").GetString().ShouldBe("0.0075");
        (await _host.GetAsync("/api/v1/summary?range=7d"))
            .GetProperty("totals")
            .GetProperty("cost")
            .GetString()
            .ShouldBe("1");
    }

    public async ValueTask InitializeAsync()
    {
        _host = await ConfiguredHost.StartAsync();
        await _host.SignInAsync(Role.Admin);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<IReadOnlyList<JsonElement>> DataAsync(string path) =>
        [.. (await _host.GetAsync(path)).GetProperty("data").EnumerateArray()];

    private static string? Kind(JsonElement rate) => rate.GetProperty("kind").GetString();
}
