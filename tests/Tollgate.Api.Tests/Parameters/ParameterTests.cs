using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Tests.Parameters;

public sealed class ParameterTests
{
    private static readonly IntegerParameter Limit = new("limit", 1, 500, 100, "The size.");
    private static readonly TimeParameter From = new("from", "The start.");
    private static readonly ZoneParameter Zone = new("time_zone", "The zone.");
    private static readonly ChoiceParameter<int> Order = new("order", 2, "The order.", ("old", 1), ("new", 2));
    private static readonly TextParameter Name = new("name", "The name.") { IsRequired = true };

    [Fact]
    public void Returns_the_default_of_an_absent_parameter()
    {
        Read(Limit, "").ShouldBe((100, null));
        Read(From, "").ShouldBe((null, null));
        Read(Zone, "").Value.ShouldBe(TimeZoneInfo.Utc);
        Read(Order, "").ShouldBe((2, null));
    }

    [Theory]
    [InlineData("2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T01:30:00.5%2B01:30")]
    [InlineData("2026-11-01T00:00Z")]
    public void Accepts_an_instant_with_its_offset(string text) => Read(From, $"from={text}").Error.ShouldBeNull();

    [Theory]
    [InlineData("limit=0", "limit must be a whole number from 1 to 500, not '0'.")]
    [InlineData("limit=many", "limit must be a whole number from 1 to 500, not 'many'.")]
    [InlineData("limit=1&limit=2", "limit occurs 2 times. Send it once.")]
    public void Refuses_a_number_out_of_range(string query, string message) =>
        Read(Limit, query).Error.ShouldBe(message);

    [Theory]
    [InlineData("from=2026-11-01")]
    [InlineData("from=2026-11-01T00:00:00")]
    [InlineData("from=2026-13-01T00:00:00Z")]
    [InlineData("from=now")]
    public void Refuses_a_time_that_is_not_an_instant(string query) =>
        Read(From, query).Error!.ShouldContain("2026-11-01T00:00:00Z");

    [Theory]
    [InlineData("time_zone=Mars/Olympus")]
    [InlineData("time_zone=../../etc/passwd")]
    [InlineData("time_zone=/etc/localtime")]
    public void Refuses_an_unknown_time_zone(string query) => Read(Zone, query).Error!.ShouldContain("Europe/Berlin");

    [Fact]
    public void Lists_the_choices() =>
        Read(Order, "order=newest").Error.ShouldBe("order must be one of old, new, not 'newest'.");

    [Fact]
    public void Requires_a_required_parameter() => Read(Name, "").Error!.ShouldStartWith("name is missing.");

    [Fact]
    public void Refuses_unknown_names_with_the_nearest()
    {
        var errors = new List<ProblemError>();

        Create("limt=5&from=x&password=1").RefuseUnknown([Limit, From], errors);

        errors
            .Select(static error => error.Message)
            .ShouldBe([
                "There is no parameter 'limt'. Did you mean limit?",
                "There is no parameter 'password'. This route has limit, from.",
            ]);
    }

    private static (object? Value, string? Error) Read(ApiParameter parameter, string query)
    {
        var errors = new List<ProblemError>();
        var value = parameter.Read(Create(query), errors);
        return (value, errors.SingleOrDefault()?.Message);
    }

    private static QueryParameters Create(string query) => new(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
