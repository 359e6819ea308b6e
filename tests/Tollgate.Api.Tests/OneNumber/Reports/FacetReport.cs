namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The values of a dimension, which add up to the calls.</summary>
internal static class FacetReport
{
    public static async Task CheckAsync(Case check, IReadOnlyList<string> dimensions)
    {
        var field = check.NextOf(dimensions);
        var top = check.Random.Next(1, 40);
        var report = $"values of {field}";
        var body = await check.Reader.GetAsync($"/api/v1/facets/{field}?{check.Question.Scope}&top={top}");
        var sum = Read(body.GetProperty("other"));
        foreach (var value in body.List("values"))
        {
            var (found, name) = (Read(value), value.GetProperty("value").GetString());
            sum.Add(found);
            check.Compare(
                $"{report}, {name ?? "none"}",
                found,
                Reference.Sum(check.Records.Where(record => Dimensions.All[field](record) == name))
            );
        }

        check.Compare(report, sum);
        var count = check.Records.Select(Dimensions.All[field]).Distinct(StringComparer.Ordinal).Count();
        check.Require(
            report,
            body.GetProperty("value_count").GetInt32() == count,
            $"it has {body.GetProperty("value_count")} values, not {count}"
        );
    }

    private static Figures Read(System.Text.Json.JsonElement value) =>
        new Figures()
            .Add(Figures.Calls, value.GetNumber("calls"))
            .Add(Figures.Cost, value.GetNumber("cost"))
            .Add(Figures.Unpriced, value.GetNumber("unpriced"))
            .Add(Figures.Estimated, value.GetNumber("estimated"));
}
