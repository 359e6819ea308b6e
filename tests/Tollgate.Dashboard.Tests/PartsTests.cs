using System.Net;
using Tollgate.Api.Tests;
using Tollgate.Configuration.Settings;
using Tollgate.Identity.Permissions;

namespace Tollgate.Dashboard.Tests;

/// <summary>Processes that serve only some parts.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task Serves_the_api_and_the_first_account_beside_the_pages()
    {
        await using var host = new ApiHost { Configure = settings => settings with { Parts = ServedParts.Dashboard } };
        await host.StartAsync();

        await host.SetUpAsync("root");
        var status = await host.GetAsync("/api/v1/status", await host.LogInAsync("root"));

        status
            .Body.GetProperty("parts")
            .EnumerateArray()
            .Select(static part => part.GetString())
            .ShouldBe(["api", "dashboard"]);
    }

    [Fact]
    public async Task Serves_no_page_beside_the_api_alone()
    {
        await using var host = new ApiHost { Configure = settings => settings with { Parts = ServedParts.Api } };
        await host.StartAsync();
        await host.AddAccountAsync("root", Role.Admin);
        using var client = new PageClient(host.Address);

        (await client.GetAsync("sign-in")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
