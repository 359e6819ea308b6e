using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Limits.Model;

/// <summary>
/// Three gates with real controllers over one store, and beside them the slow, obvious truth: which calls are under
/// way, and what each call that ended took and when it began.
/// </summary>
internal sealed class AdmissionModel : IAsyncDisposable
{
    private static readonly TimeSpan Rolling = TimeSpan.FromMinutes(2);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryLimitStore _store;
    private readonly (Guid Holder, AdmissionController Controller)[] _gates = new (Guid, AdmissionController)[3];
    private readonly List<Call> _open = [];
    private readonly List<(Call Call, int Took)> _ended = [];
    private int _budget = 200;

    public AdmissionModel(Func<TimeProvider, MemoryLimitStore> store)
    {
        _store = store(_time);
        for (var gate = 0; gate < _gates.Length; gate++)
            Start(gate);
    }

    private Limit[] Limits =>
        [
            Make("budget", LimitMetric.Cost, LimitAmount.FromUsd(_budget), TotalWindow.Instance),
            Make(
                "user",
                LimitMetric.OutputTokens,
                100,
                new CalendarWindow(CalendarUnit.Minute),
                LimitScope.Create(new ScopeTerm(LimitDimension.User, null))
            ),
            Make("rolling", LimitMetric.TotalTokens, 250, new RollingWindow(Rolling)),
            Make("concurrent", LimitMetric.ConcurrentRequests, 12, InstantWindow.Instance),
            Make("bucket", LimitMetric.Requests, 60, new BucketWindow(TimeSpan.FromMinutes(1), 30)),
        ];

    public async Task RunAsync(IEnumerable<Command> commands)
    {
        foreach (var command in commands)
            await RunAsync(command);
        await EveryTokenIsThereAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, controller) in _gates)
            await controller.DisposeAsync();
    }

    private async Task RunAsync(Command command)
    {
        switch (command)
        {
            case Command.Reserve reserve:
                await ReserveAsync(reserve.Gate, reserve.User, reserve.Amount);
                break;
            case Command.Burst burst:
                await Task.WhenAll(
                    Enumerable.Range(0, 20).Select(index => ReserveAsync(burst.Gate, index % 4, 5 + index))
                );
                break;
            case Command.Settle settle when _open.Count > 0:
                var settled = Close(settle.Which);
                Book(settled, settled.Amount * settle.Percent / 100);
                break;
            case Command.Release release when _open.Count > 0:
                Close(release.Which).Reservation.Release();
                break;
            case Command.Advance advance:
                _time.Advance(TimeSpan.FromSeconds(advance.Seconds));
                break;
            case Command.Renew renew:
                await _gates[renew.Gate].Controller.RenewAsync();
                break;
            case Command.Change change:
                _budget = change.Amount;
                foreach (var (_, controller) in _gates)
                    controller.Use(Limits);
                break;
            case Command.Crash crash:
                await CrashAsync(crash.Gate);
                break;
        }

        CountersAreWhatTheCallsTook();
    }

    private async Task ReserveAsync(int gate, int user, int amount)
    {
        var whom = new Attribution { User = $"user-{user}" };
        var subject = new LimitSubject(whom, "openai", "gpt-4o");
        var answer = await _gates[gate].Controller.ReserveAsync(subject, Demand(amount));
        if (answer.Reservation is not { } reservation)
            return;
        lock (_open)
        {
            _open.Add(new Call(gate, $"user-{user}", amount, _time.GetUtcNow(), reservation));
            NoLimitIsExceeded();
        }
    }

    /// <summary>
    /// After each call that was let through: what was taken and what is under way is within every limit.
    /// </summary>
    private void NoLimitIsExceeded()
    {
        var now = _time.GetUtcNow();
        Spent(_ => true).ShouldBeLessThanOrEqualTo(_budget, "the budget");
        var minute = new CalendarWindow(CalendarUnit.Minute).At(now);
        foreach (var user in _open.Select(call => call.User).Distinct())
            Spent(call => call.User == user && minute.Contains(call.Began))
                .ShouldBeLessThanOrEqualTo(100, $"the minute of {user}");
        Spent(call => call.Began > now - Rolling, underWay: true).ShouldBeLessThanOrEqualTo(250, "the rolling window");
        _open.Count.ShouldBeLessThanOrEqualTo(12, "calls at once");
        var lately = _open
            .Concat(_ended.Where(end => end.Took > 0).Select(end => end.Call))
            .Count(call => call.Began > now - TimeSpan.FromMinutes(1));
        lately.ShouldBeLessThanOrEqualTo(90, "what the bucket held and what flowed in");
    }

    /// <param name="which">Which calls count.</param>
    /// <param name="underWay">Whether all calls under way count, whenever they began.</param>
    private int Spent(Func<Call, bool> which, bool underWay = false) =>
        _ended.Where(end => which(end.Call)).Sum(end => end.Took)
        + _open.Where(call => underWay || which(call)).Sum(call => call.Amount);

    private void CountersAreWhatTheCallsTook() =>
        _store
            .Used("budget", "", 0)
            .ShouldBe(LimitAmount.FromUsd(_ended.Sum(end => end.Took)), "the counter is what the ledger says");

    /// <summary>
    /// Once nothing is under way and the gates have given back what they do not need, all that is left can be had at
    /// once.
    /// </summary>
    private async Task EveryTokenIsThereAgainAsync()
    {
        while (_open.Count > 0)
            Book(Close(0), 0);
        var budget = Limits.Where(limit => limit.Id == "budget").ToArray();
        foreach (var (_, controller) in _gates)
            controller.Use(budget);
        _time.Advance(TimeSpan.FromSeconds(10));
        foreach (var (_, controller) in _gates)
            await controller.RenewAsync();
        var left = _budget - _ended.Sum(end => end.Took);
        if (left <= 0)
            return;
        var answer = await _gates[0]
            .Controller.ReserveAsync(new LimitSubject(Attribution.None, "openai", "gpt-4o"), Demand(left));
        (answer.Refusal?.Message).ShouldBeNull($"{left} are left");
        answer.Reservation!.Release();
    }

    private async Task CrashAsync(int gate)
    {
        var (holder, dead) = _gates[gate];
        _store.Kill(holder);
        await dead.DisposeAsync();
        foreach (var call in _open.Where(call => call.Gate == gate).ToList())
        {
            _open.Remove(call);
            _ended.Add((call, call.Amount));
            _store.Book(Record(call.Amount), call.Reservation.Charges);
        }

        await _store.ReleaseAsync(holder);
        Start(gate);
    }

    private void Start(int gate)
    {
        var holder = Guid.CreateVersion7(_time.GetUtcNow());
        _gates[gate] = (holder, new AdmissionController(_store, holder, _time));
        _gates[gate].Controller.Use(Limits);
    }

    private Call Close(int which)
    {
        var call = _open[which % _open.Count];
        _open.Remove(call);
        return call;
    }

    private void Book(Call call, int took)
    {
        _ended.Add((call, took));
        _store.Book(Record(took), call.Reservation.Charges);
        call.Reservation.Settle(Record(took));
    }

    private static LimitDemand Demand(int amount) =>
        new(
            new TokenUsage { [UsageKind.OutputText] = amount, [UsageKind.Request] = amount > 0 ? 1 : 0 },
            Money.Round(amount)
        );

    private UsageRecord Record(int took) =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(_time.GetUtcNow()), 1),
            StartedAt = _time.GetUtcNow(),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Usage = Demand(took).Usage,
            Cost = Demand(took).Cost,
            UsageSource = UsageSource.Reported,
            Outcome = CallOutcome.Completed,
        };

    private static Limit Make(
        string id,
        LimitMetric metric,
        Int128 amount,
        LimitWindow window,
        LimitScope? scope = null
    ) =>
        new()
        {
            Id = id,
            Name = id,
            Metric = metric,
            Amount = amount,
            Window = window,
            Scope = scope ?? LimitScope.Global,
        };

    private sealed record Call(int Gate, string User, int Amount, DateTimeOffset Began, Reservation Reservation);
}
