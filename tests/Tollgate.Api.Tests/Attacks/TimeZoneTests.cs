using System.Net;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Attacks;

/// <summary>The runtime reads the file that a time zone names, so a name must not lead to any other file.</summary>
public sealed class TimeZoneTests(AdminHost admin) : IClassFixture<AdminHost>
{
    private const string Berlin = "/usr/share/zoneinfo/Europe/Berlin";

    [Theory]
    [InlineData("GET", "/api/v1/summary?tz={0}", null)]
    [InlineData("GET", "/api/v1/reports/usage.pdf?tz={0}", null)]
    [InlineData("GET", "/api/token-usage?time_zone={0}", null)]
    [InlineData("POST", "/api/v1/jobs/export", """{"format": "csv", "tz": "{0}"}""")]
    [InlineData(
        "POST",
        "/api/v1/limits/preview",
        """{"metric": "cost", "window": "day", "amount": "1", "time_zone": "{0}"}"""
    )]
    public async Task Reads_no_other_file(string method, string path, string? body)
    {
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.Path, "zone");
        File.Copy(Berlin, copy);
        foreach (var name in (string[])[copy, "../../.." + copy, "Europe/../../../.." + copy, Berlin])
        {
            var (status, response) = await admin.Host.SendAsync(
                new HttpMethod(method),
                path.Replace("{0}", name, StringComparison.Ordinal),
                admin.Token,
                body?.Replace("{0}", name, StringComparison.Ordinal)
            );

            status.ShouldBe(HttpStatusCode.BadRequest, response.ToString());
        }
    }

    [Theory]
    [InlineData("Europe")]
    [InlineData("tzdata.zi")]
    [InlineData("zone.tab")]
    [InlineData("Europe/Berlin/")]
    [InlineData("-1")]
    public async Task Refuses_a_name_without_a_time_zone(string name)
    {
        var (status, response) = await admin.Host.GetAsync($"/api/v1/summary?tz={name}", admin.Token);

        status.ShouldBe(HttpStatusCode.BadRequest, response.ToString());
        response.GetProperty("errors")[0].GetProperty("parameter").GetString().ShouldBe("tz");
    }

    [Theory]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT%2B5")]
    [InlineData("America/Port-au-Prince")]
    [InlineData("UTC")]
    public async Task Accepts_the_names_that_exist(string name) =>
        (await admin.Host.GetAsync($"/api/v1/summary?tz={name}", admin.Token)).Status.ShouldBe(HttpStatusCode.OK);
}
