using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Scopes;
using static Tollgate.Tests.Usage.UsageWorkspace;

namespace Tollgate.Tests.Usage;

public sealed class UsageCallTests
{
    [Fact]
    public async Task Pages_lead_to_each_other_in_both_directions()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable.Range(1, 5).Select(hour => Call(TimeSpan.FromHours(hour), $"model-{hour}")),
        ]);

        var first = await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 2 });
        Models(first).ShouldBe(["model-1", "model-2"]);
        (first.Page.Size, first.Page.Previous).ShouldBe((2, null));
        var second = await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 2, After = first.Page.Next });
        Models(second).ShouldBe(["model-3", "model-4"]);
        var last = await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 2, After = second.Page.Next });
        Models(last).ShouldBe(["model-5"]);
        last.Page.Next.ShouldBeNull();

        var back = await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 2, Before = last.Page.Previous });
        Models(back).ShouldBe(Models(second));
        var start = await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 2, Before = back.Page.Previous });
        Models(start).ShouldBe(Models(first));
        start.Page.Previous.ShouldBeNull();
    }

    [Fact]
    public async Task The_dearest_come_first_and_the_unpriced_last()
    {
        await using var ledger = await CreateAsync(
            Call(TimeSpan.FromHours(1), "a", 1),
            Call(TimeSpan.FromHours(2), "b", null),
            Call(TimeSpan.FromHours(3), "c", 3)
        );

        var page = await ListAsync(ledger, new CallListRequest(Scope()) { Sort = UsageSort.Cost });

        Models(page).ShouldBe(["c", "a", "b"]);
        page.Unpriced.ShouldBe(1);
        var json = JsonSerializer.SerializeToElement(page, OperationsJson.Default.CallPage);
        json.GetProperty("data")[0].GetProperty("cost").GetString().ShouldBe("3");
        json.GetProperty("data")[2].GetProperty("cost").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("data")[0].GetProperty("started_at").GetString().ShouldBe("2026-07-15T11:30:00Z");
        json.GetProperty("data")[0].TryGetProperty("record", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cursor_that_is_damaged_or_of_another_order_is_refused()
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromHours(1)), Call(TimeSpan.FromHours(2)));
        var cursor = (await ListAsync(ledger, new CallListRequest(Scope()) { Limit = 1 })).Page.Next!;
        string[] damaged = ["", "x", "%%%", new('A', 5000), cursor[1..], cursor[..^2], cursor + "AAAA", "Å" + cursor];

        foreach (var wrong in damaged)
        {
            await RefuseAsync("after", new CallListRequest(Scope()) { After = wrong });
            await RefuseAsync("before", new CallListRequest(Scope()) { Before = wrong });
        }

        await RefuseAsync("after", new CallListRequest(Scope()) { After = cursor, Sort = UsageSort.Cost });
        await RefuseAsync("after", new CallListRequest(Scope()) { After = cursor, IsAscending = true });
        await RefuseAsync("before", new CallListRequest(Scope()) { After = cursor, Before = cursor });
        await RefuseAsync("limit", new CallListRequest(Scope()) { Limit = 501 });

        async Task RefuseAsync(string field, CallListRequest request) =>
            (await Should.ThrowAsync<OperationException>(() => ListAsync(ledger, request))).Field.ShouldBe(field);
    }

    [Fact]
    public async Task A_search_finds_calls_on_all_pages()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable.Range(1, 200).Select(minute => Call(TimeSpan.FromMinutes(minute), user: $"user-{minute}")),
        ]);

        var page = await ListAsync(ledger, new CallListRequest(Scope() with { Search = "USER-19" }));

        page.Data.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_search_is_continued_by_the_next_page(bool isAscending)
    {
        await using var ledger = await CreateAsync([
            .. Enumerable
                .Range(1, 300)
                .Select(minute => Call(TimeSpan.FromMinutes(minute), user: minute % 100 == 0 ? "ada" : "bob")),
        ]);
        var usage = new ReachableUsage(ledger.Workspace.OpenQuery(), UsageReach.Limited([], ["ada"], []), Now);
        var request = new CallListRequest(Scope()) { IsAscending = isAscending };
        var found = new List<CallEntry>();
        var pages = 0;
        CallPage page;
        do
        {
            page = await new CallListReader(usage, request) { MaxSearched = 50 }.ReadAsync(
                TestContext.Current.CancellationToken
            );
            found.AddRange(page.Data);
            request = request with { After = page.Page.Next };
            pages++;
            page.IsCapped.ShouldBe(page.Page.Next is not null);
        } while (page.Page.Next is not null);

        pages.ShouldBeInRange(5, 10);
        var minutes = found.Select(static entry => (Now - entry.StartedAt).TotalMinutes);
        double[] newestFirst = [100, 200, 300];
        minutes.ShouldBe(isAscending ? newestFirst.Reverse() : newestFirst);
    }

    [Fact]
    public async Task A_call_is_found_with_its_corrections_and_prices()
    {
        var card = BuiltInPrices.Book.Find("openai", "gpt-4o", Now)!;
        var call = Call(TimeSpan.FromHours(1), user: "ada");
        call = call with
        {
            Cost = CostCalculator.Price(card, call.Usage, call.ServiceTier).Total,
            CostSource = card.PriceVersion,
        };
        var correction = call with
        {
            Id = new CallId(Guid.CreateVersion7(), 1),
            Usage = default,
            Cost = Money.Round(0.5m),
            Outcome = CallOutcome.Corrected,
            Corrects = call.Id,
        };
        await using var ledger = await CreateAsync(call, correction, Call(TimeSpan.FromHours(1)));

        var found = await ledger.Usage.FindCallAsync(call.Id.Call, TestContext.Current.CancellationToken);

        found.Cost.ShouldBe(call.Cost!.Value + Money.Round(0.5m));
        found.Corrections.ShouldHaveSingleItem().Record.ShouldBe(correction);
        var attempt = found.Attempts.ShouldHaveSingleItem();
        attempt
            .Prices.Select(static line => (line.Kind, line.Count))
            .ShouldBe([(UsageKind.InputText, 300), (UsageKind.CacheRead, 100)]);
        attempt.Prices.Sum(static line => line.Cost!.Value.Usd).ShouldBe(call.Cost.Value.Usd);
        JsonSerializer
            .SerializeToElement(found, OperationsJson.Default.CallDetails)
            .GetProperty("attempts")[0]
            .GetProperty("prices")[0]
            .GetProperty("kind")
            .GetString()
            .ShouldBe("input_text");
        var bob = ledger.WithReach(UsageReach.Limited([], ["bob"], []));
        (
            await Should.ThrowAsync<OperationException>(() =>
                bob.FindCallAsync(call.Id.Call, TestContext.Current.CancellationToken)
            )
        ).Error.ShouldBe(OperationError.NotFound);
    }

    private static Task<CallPage> ListAsync(UsageWorkspace ledger, CallListRequest request) =>
        ledger.Usage.ListCallsAsync(request, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Models(CallPage page) => page.Data.Select(static entry => entry.Model);
}
