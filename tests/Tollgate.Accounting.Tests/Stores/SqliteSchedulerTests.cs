using Tollgate.Accounting.Stores.Sqlite.Scheduling;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteSchedulerTests : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly SqliteScheduler _scheduler = new("test threads", maxThreads: 2, maxWaiting: 3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Never_runs_on_the_thread_of_the_caller_or_of_the_pool()
    {
        var here = Environment.CurrentManagedThreadId;
        var (there, isPooled) = await _scheduler.RunAsync(
            static () => (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread),
            Stop
        );
        Assert.NotEqual(here, there);
        Assert.False(isPooled);
    }

    [Fact]
    public async Task Continues_the_caller_on_another_thread_than_its_own()
    {
        var running = _scheduler.RunAsync(WaitForGate, Stop);
        var continued = running.ContinueWith(
            static _ => Thread.CurrentThread.Name,
            Stop,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        _gate.Set();
        Assert.NotEqual("test threads", await continued);
    }

    [Fact]
    public async Task Starts_no_more_threads_than_allowed()
    {
        var (running, most) = (0, 0);
        var started = new CountdownEvent(2);
        var work = Enumerable.Range(0, 3).Select(_ => _scheduler.RunAsync(Count, Stop)).ToList();
        started.Wait(Stop);
        Assert.DoesNotContain(work, static task => task.IsCompleted);
        _gate.Set();
        await Task.WhenAll(work);
        Assert.Equal(2, most);

        bool Count()
        {
            var now = Interlocked.Increment(ref running);
            most = Math.Max(most, now);
            if (!started.IsSet)
                started.Signal();
            WaitForGate();
            Interlocked.Decrement(ref running);
            return true;
        }
    }

    [Fact]
    public async Task Starts_work_in_the_order_of_its_arrival()
    {
        using var single = new SqliteScheduler("test thread", maxThreads: 1);
        var order = new List<int>();
        var first = single.RunAsync(WaitForGate, Stop);
        var rest = Enumerable.Range(0, 100).Select(number => single.RunAsync(() => Add(number), Stop)).ToList();
        _gate.Set();
        await first;
        await Task.WhenAll(rest);
        Assert.Equal(Enumerable.Range(0, 100), order);

        int Add(int number)
        {
            order.Add(number);
            return number;
        }
    }

    [Fact]
    public async Task Work_canceled_while_it_waits_never_starts()
    {
        await OccupyAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var hasRun = false;
        var waiting = _scheduler.RunAsync(() => hasRun = true, cancel.Token);
        await cancel.CancelAsync();
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancel.Token, canceled.CancellationToken);
        _gate.Set();
        Assert.True(await _scheduler.RunAsync(static () => true, Stop));
        Assert.False(hasRun);
    }

    [Fact]
    public async Task Does_not_start_work_that_was_canceled_before()
    {
        var hasRun = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _scheduler.RunAsync(() => hasRun = true, new CancellationToken(canceled: true))
        );
        Assert.False(hasRun);
    }

    [Fact]
    public async Task Running_work_ends_as_canceled_when_it_observes_its_token()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var started = new TaskCompletionSource();
        var running = _scheduler.RunAsync(
            () =>
            {
                started.SetResult();
                cancel.Token.WaitHandle.WaitOne();
                cancel.Token.ThrowIfCancellationRequested();
                return true;
            },
            cancel.Token
        );
        await started.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(running.IsCanceled);
    }

    [Fact]
    public async Task Exceptions_reach_the_caller_and_do_not_stop_the_thread()
    {
        using var single = new SqliteScheduler("test thread", maxThreads: 1);
        var failing = single.RunAsync<int>(static () => throw new InvalidDataException("damaged"), Stop);
        Assert.Equal("damaged", (await Assert.ThrowsAsync<InvalidDataException>(() => failing)).Message);
        Assert.Equal(1, await single.RunAsync(static () => 1, Stop));
    }

    [Fact]
    public async Task Refuses_work_when_too_much_is_waiting()
    {
        await OccupyAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => _scheduler.RunAsync(static () => 1, Stop)).ToList();
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() =>
            _scheduler.RunAsync(static () => 1, Stop)
        );
        Assert.Equal("3 calls already wait for the test threads. Try again later.", refused.Message);
        _gate.Set();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Canceled_work_makes_room_for_other_work()
    {
        await OccupyAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var waiting = Enumerable.Range(0, 3).Select(_ => _scheduler.RunAsync(static () => 1, cancel.Token)).ToList();
        await cancel.CancelAsync();
        var other = _scheduler.RunAsync(static () => 2, Stop);
        _gate.Set();
        Assert.Equal(2, await other);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task Disposing_finishes_running_work_and_cancels_waiting_work()
    {
        var running = await OccupyAsync();
        var waiting = _scheduler.RunAsync(static () => 1, Stop);
        var disposing = Task.Run(_scheduler.Dispose, Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(disposing.IsCompleted);
        _gate.Set();
        await disposing;
        Assert.All(await Task.WhenAll(running), Assert.True);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _scheduler.RunAsync(static () => 1, Stop));
    }

    public void Dispose()
    {
        _gate.Set();
        _scheduler.Dispose();
        _gate.Dispose();
    }

    /// <summary>Occupies both threads until the gate is opened.</summary>
    private async Task<IReadOnlyList<Task<bool>>> OccupyAsync()
    {
        var started = Enumerable.Range(0, 2).Select(static _ => new TaskCompletionSource()).ToList();
        var running = started.ConvertAll(one => _scheduler.RunAsync(() => Occupy(one), Stop));
        await Task.WhenAll(started.Select(static one => one.Task));
        return running;

        bool Occupy(TaskCompletionSource one)
        {
            one.SetResult();
            return WaitForGate();
        }
    }

    private bool WaitForGate()
    {
        _gate.Wait(TestContext.Current.CancellationToken);
        return true;
    }
}
