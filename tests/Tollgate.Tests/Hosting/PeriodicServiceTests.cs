using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Hosting;
using Tollgate.Testing;

namespace Tollgate.Tests.Hosting;

public class PeriodicServiceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Runs_again_after_a_round_that_failed_and_not_before_the_interval()
    {
        using var service = new Rounds(
            _time,
            static round => round == 1 ? throw new NotSupportedException() : Task.CompletedTask
        );
        await service.StartAsync(default);

        service.Count.ShouldBe(0, "the first round comes after an interval");
        for (var round = 1; round <= 3; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await service.ReachesAsync(round);
        }

        await service.StopAsync(default);
    }

    [Fact]
    public async Task Waits_for_a_round_under_way_although_the_stop_is_urgent()
    {
        var end = new TaskCompletionSource();
        using var service = new Rounds(_time, _ => end.Task);
        await service.StartAsync(default);
        _time.Advance(TimeSpan.FromSeconds(1));
        await service.ReachesAsync(1);

        var stopped = service.StopAsync(new CancellationToken(canceled: true));

        stopped.IsCompleted.ShouldBeFalse("the store that the round uses would be closed next");
        end.SetResult();
        await stopped;
        _time.Advance(TimeSpan.FromSeconds(5));
        service.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stops_although_it_never_started()
    {
        using var service = new Rounds(_time, static _ => Task.CompletedTask);

        await service.StopAsync(default);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException), 1)]
    [InlineData(typeof(IOException), 0)]
    public async Task Logs_a_bug_but_not_a_store_that_is_unavailable(Type failure, int entries)
    {
        var log = new ErrorLog();
        using var service = new Rounds(
            _time,
            round => round == 1 ? throw (Exception)Activator.CreateInstance(failure)! : Task.CompletedTask,
            log
        );
        await service.StartAsync(default);
        for (var round = 1; round <= 2; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await service.ReachesAsync(round);
        }

        await service.StopAsync(default);

        log.Count.ShouldBe(entries);
    }

    private sealed class ErrorLog : ILogger
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Interlocked.Increment(ref _count);
    }

    private sealed class Rounds(TimeProvider clock, Func<int, Task> run, ILogger? log = null)
        : PeriodicService(TimeSpan.FromSeconds(1), clock, log ?? NullLogger.Instance)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task ReachesAsync(int count) => Eventually.BecomesTrueAsync(() => Count >= count);

        protected override Task RunRoundAsync(CancellationToken cancellationToken) =>
            run(Interlocked.Increment(ref _count));
    }
}
