using System.Globalization;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>Generates ids that no other call has, in this process or an earlier one.</summary>
internal sealed class ResponseIdGenerator(TimeProvider timeProvider)
{
    private readonly string _start = Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString("N");
    private long _count;

    public string Next() => _start + Interlocked.Increment(ref _count).ToString("x8", CultureInfo.InvariantCulture);
}
