using Tollgate.Accounting.Logging;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Logging;

public sealed class OutageMonitorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Only_the_start_and_the_end_of_an_outage_are_logged()
    {
        var outage = new OutageMonitor(_time, failure => _log.Add(failure.Message), () => _log.Add("over"));
        outage.NoteSuccess();
        outage.LastFailureAt.ShouldBeNull();

        outage.NoteFailure(new IOException("first"));
        _time.Advance(TimeSpan.FromSeconds(1));
        outage.NoteFailure(new IOException("second"));
        outage.IsFailing.ShouldBeTrue();
        outage.LastFailureAt.ShouldBe(_time.GetUtcNow());
        outage.NoteSuccess();
        outage.NoteSuccess();

        outage.IsFailing.ShouldBeFalse();
        outage.LastFailureAt.ShouldBe(_time.GetUtcNow());
        _log.ShouldBe(["first", "over"]);
    }

    [Fact]
    public void A_logger_that_fails_is_ignored()
    {
        var outage = new OutageMonitor(_time, _ => throw new IOException(), () => throw new IOException());

        outage.NoteFailure(new IOException());
        outage.NoteSuccess();

        outage.IsFailing.ShouldBeFalse();
    }
}
