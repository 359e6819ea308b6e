using Microsoft.Extensions.Time.Testing;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;
using Tollgate.Operations;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Tests.Operations;

public sealed class JobQueueTests : IAsyncLifetime
{
    private static readonly Actor Ann = new(ActorKind.Account, "ann");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private Workspace _workspace = null!;

    public ValueTask InitializeAsync()
    {
        _workspace = new Workspace(
            new WorkspaceOptions
            {
                Ledger = new LedgerOptions { DataFolder = _folder.Path, TimeProvider = _clock },
            }
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Keeps_the_result_of_a_job()
    {
        await using var jobs = Open();
        var job = jobs.Start(new JobRequest("simulate", Ann, WriteAsync));

        var ended = await WaitForEndAsync(jobs, job);

        ended.Status.ShouldBe(JobStatus.Succeeded);
        (ended.Actor, ended.ResultType, ended.ResultBytes, ended.Progress).ShouldBe((Ann, "text/plain", 6, 1));
        await using var again = Open();
        using var result = new StreamReader(again.OpenResult(job.Id)!);
        (await result.ReadToEndAsync()).ShouldBe("result");
        again.Find(job.Id).ShouldBe(ended);
    }

    [Fact]
    public async Task Reports_progress_to_those_who_wait()
    {
        await using var jobs = Open();
        var next = new SemaphoreSlim(0);
        var job = jobs.Start(
            new JobRequest(
                "simulate",
                Ann,
                async context =>
                {
                    context.Report(0.25, "reading");
                    await next.WaitAsync(context.CancellationToken);
                }
            )
        );

        var seen = job;
        while (seen.Phase is null)
            seen = (await jobs.WaitForChangeAsync(job.Id, seen, Patience, default))!;

        (seen.Status, seen.Progress, seen.Phase).ShouldBe((JobStatus.Running, 0.25, "reading"));
        next.Release();
        (await WaitForEndAsync(jobs, seen)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Cancels_a_running_and_a_waiting_job()
    {
        await using var jobs = Open();
        var running = jobs.Start(new JobRequest("simulate", Ann, WaitAsync));
        var waiting = jobs.Start(new JobRequest("simulate", Ann, WaitAsync));

        jobs.Cancel(waiting.Id).ShouldBeTrue();
        jobs.Cancel(running.Id).ShouldBeTrue();

        (await WaitForEndAsync(jobs, waiting)).Status.ShouldBe(JobStatus.Canceled);
        (await WaitForEndAsync(jobs, running)).Status.ShouldBe(JobStatus.Canceled);
        jobs.Cancel(running.Id).ShouldBeFalse();
    }

    [Fact]
    public async Task Shows_why_a_job_failed_and_drops_its_result()
    {
        await using var jobs = Open();
        var job = jobs.Start(
            new JobRequest(
                "simulate",
                Ann,
                async context =>
                {
                    await WriteAsync(context);
                    throw new OperationException(OperationError.Invalid, "plans must not be empty.");
                }
            )
        );

        var ended = await WaitForEndAsync(jobs, job);

        (ended.Status, ended.Error, ended.ResultBytes).ShouldBe((JobStatus.Failed, "plans must not be empty.", null));
        jobs.OpenResult(job.Id).ShouldBeNull();
    }

    [Fact]
    public async Task Ends_a_job_that_takes_too_long()
    {
        await using var jobs = Open();
        var started = new TaskCompletionSource();
        var job = jobs.Start(
            new JobRequest(
                "simulate",
                Ann,
                context =>
                {
                    started.SetResult();
                    return WaitAsync(context);
                }
            )
        );
        await started.Task.WaitAsync(Patience);

        _clock.Advance(TimeSpan.FromMinutes(31));

        var ended = await WaitForEndAsync(jobs, job);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.ShouldContain("30 minutes");
    }

    [Fact]
    public async Task Refuses_more_jobs_than_may_wait()
    {
        await using var jobs = Open(new JobOptions { MaxRunning = 1, MaxQueued = 2 });
        for (var count = 0; count < 3; count++)
            jobs.Start(new JobRequest("simulate", Ann, WaitAsync));

        Should
            .Throw<OperationException>(() => jobs.Start(new JobRequest("simulate", Ann, WaitAsync)))
            .Error.ShouldBe(OperationError.Conflict);
    }

    [Fact]
    public async Task Marks_the_jobs_of_a_stopped_process_as_interrupted()
    {
        Job job;
        await using (var jobs = Open())
            job = jobs.Start(new JobRequest("simulate", Ann, WaitAsync));

        await using var next = Open();

        next.Find(job.Id)!.Status.ShouldBe(JobStatus.Interrupted);
    }

    [Fact]
    public async Task Marks_the_jobs_of_a_killed_process_as_interrupted()
    {
        // As a killed process leaves it: a job that runs, and no lock that is held.
        var folder = new JobFolder(_folder.Path);
        var id = Guid.CreateVersion7(_clock.GetUtcNow());
        folder.Write(
            new Job
            {
                Id = id,
                Kind = "simulate",
                Actor = Ann,
                Status = JobStatus.Running,
                CreatedAt = _clock.GetUtcNow(),
                Owner = Guid.NewGuid(),
            }
        );

        await using var jobs = Open();

        jobs.Find(id)!.Status.ShouldBe(JobStatus.Interrupted);
    }

    [Fact]
    public async Task Leaves_the_jobs_of_another_running_process_alone()
    {
        await using var first = Open();
        var job = first.Start(new JobRequest("simulate", Ann, WaitAsync));

        await using var second = Open();

        second.Find(job.Id)!.HasEnded.ShouldBeFalse();
        second.Cancel(job.Id).ShouldBeFalse();
        first.Cancel(job.Id).ShouldBeTrue();
        await WaitForEndAsync(first, job);
    }

    [Fact]
    public async Task Removes_jobs_that_are_too_many_too_large_or_too_old()
    {
        await using var jobs = Open(new JobOptions { MaxKept = 3, MaxResultBytes = 13 });
        var ended = new List<Guid>();
        for (var count = 0; count < 5; count++)
        {
            ended.Add((await WaitForEndAsync(jobs, jobs.Start(new JobRequest("simulate", Ann, WriteAsync)))).Id);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        // Each start removes what is too much of the earlier ones: two results of 6 bytes remain, and the new job.
        jobs.List().Select(static job => job.Id).ShouldBe([ended[4], ended[3], ended[2]]);
        _clock.Advance(TimeSpan.FromDays(31));
        var last = await WaitForEndAsync(jobs, jobs.Start(new JobRequest("simulate", Ann, WriteAsync)));
        jobs.List().Select(static job => job.Id).ShouldBe([last.Id]);
    }

    private JobQueue Open(JobOptions? options = null) => new(_workspace, options ?? new JobOptions());

    private static async Task WriteAsync(JobContext context)
    {
        context.ResultType = "text/plain";
        await using var writer = new StreamWriter(context.OpenResult());
        await writer.WriteAsync("result");
    }

    private static Task WaitAsync(JobContext context) => Task.Delay(Timeout.Infinite, context.CancellationToken);

    private static async Task<Job> WaitForEndAsync(JobQueue jobs, Job job)
    {
        while (!job.HasEnded)
            job = (await jobs.WaitForChangeAsync(job.Id, job, Patience, default))!;
        return job;
    }
}
