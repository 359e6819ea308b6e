using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;

namespace Tollgate.Api.Endpoints.Streams;

/// <summary>
/// Bounds the event streams that are open at the same time: each costs a query a second. A sender has a bound of its
/// own, so that none can keep the others out.
/// </summary>
internal sealed class EventReaders
{
    /// <summary>The maximum number of streams of all senders.</summary>
    public const int MaxReaders = 100;

    /// <summary>The maximum number of streams of one sender.</summary>
    public const int MaxPerSender = 20;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Actor, int> _readers = [];

    /// <summary>Counts a stream until its request has ended.</summary>
    /// <exception cref="ProblemException">Too many are open.</exception>
    public void Enter(ApiRequest request)
    {
        var sender = request.Actor;
        lock (_lock)
        {
            var own = _readers.GetValueOrDefault(sender);
            if (own >= MaxPerSender)
                throw CreateException(
                    ProblemCode.TooManyRequests,
                    $"{request.Principal.Name} has {own} event streams open already, the maximum of one sender."
                );
            if (_readers.Values.Sum() >= MaxReaders)
                throw CreateException(
                    ProblemCode.Unavailable,
                    $"{MaxReaders} event streams are open already, the maximum. Read the list instead."
                );
            _readers[sender] = own + 1;
        }

        request.Http.Response.RegisterForDispose(new Reader(this, sender));
    }

    private void Leave(Actor sender)
    {
        lock (_lock)
        {
            var left = _readers[sender] - 1;
            if (left > 0)
                _readers[sender] = left;
            else
                _readers.Remove(sender);
        }
    }

    private static ProblemException CreateException(ProblemCode code, string message) =>
        new(code, message) { RetryAfter = Retry };

    private sealed class Reader(EventReaders readers, Actor sender) : IDisposable
    {
        public void Dispose() => readers.Leave(sender);
    }
}
