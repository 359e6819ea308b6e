using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class WriteQueueTests
{
    private const int Producers = 4;
    private const int PerProducer = 50_000;
    private const int MaxRounds = 50;

    private readonly WriteQueue _queue = new();
    private readonly WriteTicketPool _pool = new();
    private int _owners;
    private int _processed;
    private int _borrowed;
    private volatile bool _isStopping;

    /// <summary>
    /// Producers that add, that take the consumer's place, and nudges, at random times; again if no producer happened
    /// to find the consumer asleep.
    /// </summary>
    [Fact]
    public async Task Every_ticket_is_processed_once_and_by_one_thread_at_a_time()
    {
        var rounds = 0;
        var consumer = Task.Factory.StartNew(Consume, TaskCreationOptions.LongRunning);
        do
        {
            var seed = rounds++ * Producers;
            await Task.WhenAll([
                .. Enumerable.Range(seed, Producers).Select(next => Start(() => Produce(next))),
                Start(Nudge),
            ]);
        } while (_borrowed == 0 && rounds < MaxRounds);

        _isStopping = true;
        _queue.Nudge();
        await consumer.WaitAsync(TimeSpan.FromMinutes(1));

        _processed.ShouldBe(rounds * Producers * PerProducer);
        _borrowed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Keeps_the_place_borrowed_until_nothing_was_added_in_the_meantime()
    {
        _ = Task.Run(_queue.Wait); // A consumer that sleeps.
        await Eventually.BecomesTrueAsync(() => _queue.TryBorrow());
        var (first, second) = (_pool.Rent(), _pool.Rent());
        _queue.TryAdd(first).ShouldBeTrue();
        _queue.TryAdd(second).ShouldBeTrue();

        _queue.TryReturn().ShouldBeFalse();
        _queue.TryBorrow().ShouldBeFalse();
        var chain = _queue.TakeBorrowed();

        (chain, chain!.Next, second.Next).ShouldBe((first, second, null));
        _queue.TakeBorrowed().ShouldBeNull();
        _queue.TryReturn().ShouldBeTrue();
        _queue.TryBorrow().ShouldBeTrue();
    }

    private static Task Start(Action run) => Task.Factory.StartNew(run, TaskCreationOptions.LongRunning);

    private void Nudge()
    {
        for (var i = 0; i < PerProducer; i++)
            _queue.Nudge();
    }

    private void Produce(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < PerProducer; i++)
        {
            if (random.Next(2) == 0 && _queue.TryBorrow())
            {
                Process();
                Interlocked.Increment(ref _borrowed);
                while (!_queue.TryReturn())
                {
                    if (_queue.IsNudged || random.Next(8) != 0)
                    {
                        _queue.WakeConsumer();
                        break;
                    }

                    PassOn();
                }
            }
            else
                _queue.TryAdd(_pool.Rent()).ShouldBeTrue();
            if (random.Next(100) == 0)
                Thread.Sleep(0); // Lets the consumer fall asleep.
        }
    }

    /// <summary>Processes what was added, on another thread.</summary>
    private void PassOn()
    {
        var other = new Thread(() =>
        {
            for (var chain = _queue.TakeBorrowed(); chain is not null; chain = chain.Next)
                Process();
        });
        other.Start();
        other.Join();
    }

    /// <summary>As the ledger's writer does it.</summary>
    private void Consume()
    {
        while (true)
        {
            var chain = _queue.TakeAll();
            if (chain is null && _isStopping && _queue.TryClose())
                return;
            if (chain is null)
                _queue.Wait();
            for (; chain is not null; chain = chain.Next)
                Process();
        }
    }

    private void Process()
    {
        Interlocked.Increment(ref _owners).ShouldBe(1);
        Interlocked.Increment(ref _processed);
        Interlocked.Decrement(ref _owners);
    }
}
