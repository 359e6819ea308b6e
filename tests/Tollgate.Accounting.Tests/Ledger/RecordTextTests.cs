using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class RecordTextTests : LedgerFixture
{
    private static readonly Dictionary<string, Func<UsageRecord, string, UsageRecord>> Fields = new()
    {
        ["Provider"] = static (record, text) => record with { Provider = text },
        ["Model"] = static (record, text) => record with { Model = text },
        ["ModelGroup"] = static (record, text) => record with { ModelGroup = text },
        ["ResponseModel"] = static (record, text) => record with { ResponseModel = text },
        ["Deployment"] = static (record, text) => record with { Deployment = text },
        ["Operation"] = static (record, text) => record with { Operation = text },
        ["CostSource"] = static (record, text) => record with { CostSource = text },
        ["ErrorType"] = static (record, text) => record with { ErrorType = text },
        ["ResponseId"] = static (record, text) => record with { ResponseId = text },
        ["KeyId"] = static (record, text) => record with { Attribution = record.Attribution with { KeyId = text } },
        ["User"] = static (record, text) => record with { Attribution = record.Attribution with { User = text } },
        ["Project"] = static (record, text) => record with { Attribution = record.Attribution with { Project = text } },
        ["Session"] = static (record, text) => record with { Attribution = record.Attribution with { Session = text } },
        ["Application"] = static (record, text) =>
            record with
            {
                Attribution = record.Attribution with { Application = text },
            },
        ["EndUser"] = static (record, text) => record with { Attribution = record.Attribution with { EndUser = text } },
        ["Tags"] = static (record, text) => record with { Attribution = record.Attribution with { Tags = text } },
    };

    public static TheoryData<string> Names => [.. Fields.Keys];

    [Fact]
    public void Every_text_of_a_record_has_a_bound()
    {
        var texts = typeof(UsageRecord)
            .GetProperties()
            .Concat(typeof(Attribution).GetProperties())
            .Where(static property => property.PropertyType == typeof(string));
        texts.Select(static property => property.Name).ShouldBe(Fields.Keys, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Refuses_a_text_beyond_the_bound_by_its_name_and_length(string field)
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Fields[field](Record(), new string('x', 256)));

        var refusal = await Should.ThrowAsync<ArgumentException>(async () =>
            await ledger.AppendAsync(Fields[field](Record(), new string('x', 257)))
        );

        refusal.Message.ShouldContain($"{field} must have at most 256 characters, but has 257: 'xxxx");
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Refuses_a_text_with_the_character_that_PostgreSQL_does_not_know(string field)
    {
        await using var ledger = await OpenAsync();

        var refusal = await Should.ThrowAsync<ArgumentException>(() =>
            ledger.AppendAsync([Fields[field](Record(), "a\0b")])
        );

        refusal.Message.ShouldContain($"{field} must not contain the character U+0000, but is 'a\\0b'");
    }

    [Fact]
    public async Task Refuses_an_attempt_that_could_not_be_booked()
    {
        await using var ledger = await OpenAsync();

        var refusal = await Should.ThrowAsync<ArgumentException>(async () =>
            await ledger.BeginAttemptAsync(Attempt() with { ModelGroup = new string('x', 300) })
        );

        refusal.Message.ShouldContain("ModelGroup must have at most 256 characters, but has 300");
        (await ledger.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void Makes_a_text_fit_without_cutting_a_character_in_two()
    {
        RecordText.Truncate(null).ShouldBeNull();
        RecordText.Truncate("as it is").ShouldBe("as it is");
        RecordText.Truncate("a\0b").ShouldBe("a\uFFFDb");
        RecordText.Truncate(new string('x', 1000)).ShouldBe(new string('x', 256));
        RecordText.Truncate(new string('x', 255) + "😀").ShouldBe(new string('x', 255));
        RecordText.Truncate(new string('x', 254) + "😀").ShouldBe(new string('x', 254) + "😀");
    }
}
