using System.Net;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>The effect of a limit is shown before it is set.</summary>
public sealed class LimitPreviewTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Counts_the_calls_that_it_would_have_refused()
    {
        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        await admin.Host.Ledger.AppendAsync([
            .. Enumerable.Range(0, 10).Select(index => CreateRecord(noon.AddMinutes(index), 0.25m)),
        ]);

        var (status, body) = await admin.Host.PostAsync(
            "/api/v1/limits/preview?from=2026-07-01&to=2026-07-01",
            admin.Token,
            """{"metric": "cost", "window": "day", "amount": "1.60"}"""
        );

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("calls").GetInt64().ShouldBe(10);
        body.GetProperty("refused").GetInt64().ShouldBe(4);
        body.GetProperty("refused_cost").GetString().ShouldBe("1");
        body.GetProperty("first_refused_at").GetDateTimeOffset().ShouldBe(noon.AddMinutes(6));
        var limits = await admin.Host.GetAsync("/api/v1/limits", admin.Token);
        limits.Body.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private static UsageRecord CreateRecord(DateTimeOffset at, decimal cost) =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            UsageSource = UsageSource.Reported,
            Outcome = CallOutcome.Completed,
            Cost = Money.Round(cost),
            CostSource = "caller",
        };
}
