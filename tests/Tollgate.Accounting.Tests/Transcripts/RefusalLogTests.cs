using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Transcripts;

public sealed class RefusalLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_thousand_refusals_alike_at_once_are_one_row()
    {
        var rows = await RowsAsync(log =>
            Parallel.For(0, 1000, i => log.Add(Refusal("rate_limit_exceeded", requestId: $"r{i}")))
        );

        rows.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                row => row.Count.ShouldBe(1000),
                row => row.RequestId.ShouldStartWith("r"),
                row => row.Time.ShouldBe(_time.GetUtcNow())
            );
    }

    [Fact]
    public async Task The_next_second_is_a_row_of_its_own()
    {
        var rows = await RowsAsync(log =>
        {
            log.Add(Refusal("a"));
            log.Add(Refusal("a"));
            _time.Advance(TimeSpan.FromSeconds(1));
            log.Add(Refusal("a"));
        });

        rows.Select(row => row.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Denials_that_differ_in_key_code_limit_model_or_user_are_distinguished()
    {
        var rows = await RowsAsync(log =>
        {
            log.Add(Refusal("a"));
            log.Add(Refusal("b"));
            log.Add(Refusal("a") with { KeyId = "k" });
            log.Add(Refusal("a") with { Limit = "daily_tokens" });
            log.Add(Refusal("a") with { Model = "m" });
            log.Add(Refusal("a") with { User = "u" });
            log.Add(Refusal("a") with { Project = "p", Application = "app", Status = 401, Message = "other words" });
        });

        rows.Count.ShouldBe(6);
        rows.Sum(row => row.Count).ShouldBe(7);
    }

    [Fact]
    public async Task A_flood_of_different_ones_makes_no_more_rows_than_a_second_may()
    {
        var rows = await RowsAsync(
            log => Parallel.For(0, 1000, i => log.Add(Refusal("model_not_found") with { Model = $"model-{i}" })),
            most: 20
        );

        rows.Count.ShouldBe(21);
        rows.Sum(row => row.Count).ShouldBe(1000);
        rows.Single(row => row.Code == DenialEntry.OverflowKey)
            .ShouldSatisfyAllConditions(row => row.Count.ShouldBe(980), row => row.Model.ShouldBeNull());
    }

    [Fact]
    public async Task Names_that_callers_make_up_cannot_fill_the_disk_either()
    {
        var rows = await RowsAsync(log =>
            log.Add(
                Refusal(new string('c', 9999)) with
                {
                    Model = new string('m', 9999),
                    User = new string('u', 9999),
                    Message = new string('x', 99_999),
                }
            )
        );

        var row = rows.ShouldHaveSingleItem();
        (row.Code.Length + row.Model!.Length + row.User!.Length + row.Message!.Length).ShouldBe((3 * 256) + 1024);
    }

    [Fact]
    public async Task No_caller_waits_while_the_database_is_away()
    {
        System.IO.Directory.CreateDirectory(_folder.File(TranscriptOptions.FileName));
        await using var log = await TranscriptLog.OpenAsync(Options(most: 100) with { MaxQueueBytes = 3000 });

        for (var second = 0; second < 10; second++)
        {
            log.Denials.Add(Refusal("a"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (log.Health.QueueLength + log.Health.Dropped).ShouldBe(10);
        log.Health.Dropped.ShouldBeGreaterThan(0);
    }

    private DenialEntry Refusal(string code, string? requestId = null) =>
        new()
        {
            Time = _time.GetUtcNow(),
            RequestId = requestId,
            Status = 429,
            Code = code,
        };

    private TranscriptOptions Options(int most) =>
        new()
        {
            DataFolder = _folder.Path,
            TimeProvider = _time,
            MaxDenialRowsPerSecond = most,
        };

    /// <summary>What is in the log after something was added and the log was closed; the newest first.</summary>
    private async Task<IReadOnlyList<DenialEntry>> RowsAsync(Action<DenialLog> add, int most = 100)
    {
        var options = Options(most);
        await using (var log = await TranscriptLog.OpenAsync(options))
            add(log.Denials);
        return await options.OpenStore().DenialsAsync(new TranscriptSelection { Limit = 10_000 });
    }
}
