using Tollgate.Gateway.Calls;
using Tollgate.Testing;

namespace Tollgate.Gateway.Tests.Forwarding;

public sealed class UpstreamDeadlineTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Fires_when_the_provider_was_silent_for_so_long_and_not_before()
    {
        using var deadlines = new DeadlinePool(_time, CancellationToken.None);
        using var deadline = deadlines.Begin(Minute, CancellationToken.None);

        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        deadline.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(2));

        (deadline.TimedOut, deadline.CallerDisconnected, deadline.GatewayStopped).ShouldBe((true, false, false));
    }

    [Fact]
    public void Waits_again_for_each_piece_and_not_at_all_while_paused()
    {
        using var deadlines = new DeadlinePool(_time, CancellationToken.None);
        using var deadline = deadlines.Begin(Minute, CancellationToken.None);

        _time.Advance(Minute * 0.9);
        deadline.Rearm(Minute);
        _time.Advance(Minute * 0.9);
        deadline.TimedOut.ShouldBeFalse();
        deadline.Pause();
        _time.Advance(Minute * 10);
        deadline.TimedOut.ShouldBeFalse();
    }

    [Fact]
    public void Serves_another_attempt_after_a_whole_answer_with_nothing_left_of_the_first()
    {
        using var caller = new CancellationTokenSource();
        using var deadlines = new DeadlinePool(_time, CancellationToken.None);
        var first = deadlines.Begin(Minute, caller.Token);
        first.Complete();
        first.Dispose();

        using var second = deadlines.Begin(Minute * 5, CancellationToken.None);
        caller.Cancel();
        _time.Advance(Minute * 2);

        second.ShouldBeSameAs(first);
        (second.Token.IsCancellationRequested, second.CallerDisconnected).ShouldBe((false, false));
        _time.Advance(Minute * 4);
        second.TimedOut.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Is_used_once_where_the_answer_broke_off_or_it_has_fired(bool whole, bool fires)
    {
        using var deadlines = new DeadlinePool(_time, CancellationToken.None);
        var first = deadlines.Begin(Minute, CancellationToken.None);
        if (fires)
            _time.Advance(Minute * 2);
        if (whole)
            first.Complete();
        first.Dispose();

        using var second = deadlines.Begin(Minute, CancellationToken.None);

        second.ShouldNotBeSameAs(first);
        second.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Distinguishes_a_disconnected_caller_from_a_stopped_gateway()
    {
        using var caller = new CancellationTokenSource();
        using var gate = new CancellationTokenSource();
        using var deadlines = new DeadlinePool(_time, gate.Token);
        using var left = deadlines.Begin(Minute, caller.Token);
        using var stopped = deadlines.Begin(Minute, CancellationToken.None);

        caller.Cancel();
        (left.CallerDisconnected, left.Token.IsCancellationRequested).ShouldBe((true, true));
        gate.Cancel();
        (stopped.GatewayStopped, stopped.CallerDisconnected).ShouldBe((true, false));
    }
}
