using Tollgate.Accounting.Stores.Sqlite.Writing;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class WriteQueueTests
{
    private const int Producers = 4;
    private const int PerProducer = 50_000;

    private readonly WriteQueue _queue = new();
    private readonly WriteTicketPool _pool = new();
    private int _owners;
    private int _processed;
    private int _borrowed;
    private int _passedOn;
    private volatile bool _isStopping;

    /// <summary>Producers that add, that take the consumer's place, and nudges, at random times.</summary>
    [Fact]
    public async Task Every_ticket_is_processed_once_and_by_one_thread_at_a_time()
    {
        var consumer = Task.Factory.StartNew(Consume, TaskCreationOptions.LongRunning);
        var producers = Enumerable
            .Range(0, Producers)
            .Select(seed => Task.Factory.StartNew(() => Produce(seed), TaskCreationOptions.LongRunning))
            .ToList();
        producers.Add(
            Task.Factory.StartNew(
                () =>
                {
                    for (var i = 0; i < PerProducer; i++)
                        _queue.Nudge();
                },
                TaskCreationOptions.LongRunning
            )
        );

        await Task.WhenAll(producers);
        _isStopping = true;
        _queue.Nudge();
        await consumer.WaitAsync(TimeSpan.FromMinutes(1));

        _processed.ShouldBe(Producers * PerProducer);
        _borrowed.ShouldBeGreaterThan(0);
        _passedOn.ShouldBeGreaterThan(0);
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
                Thread.Yield(); // Lets the consumer fall asleep.
        }
    }

    /// <summary>Processes what was added, on another thread.</summary>
    private void PassOn()
    {
        var other = new Thread(() =>
        {
            for (var chain = _queue.TakeBorrowed(); chain is not null; chain = chain.Next)
            {
                Process();
                Interlocked.Increment(ref _passedOn);
            }
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
