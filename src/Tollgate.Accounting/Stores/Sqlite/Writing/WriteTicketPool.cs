using System.Collections.Concurrent;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>A pool of tickets. It holds as many as were ever in flight at once, up to a limit.</summary>
internal sealed class WriteTicketPool
{
    private const int Limit = 4096;
    private readonly ConcurrentQueue<WriteTicket> _free = new();

    public WriteTicket Rent() => _free.TryDequeue(out var ticket) ? ticket : new WriteTicket(this);

    public void Return(WriteTicket ticket)
    {
        if (_free.Count < Limit)
            _free.Enqueue(ticket);
    }
}
