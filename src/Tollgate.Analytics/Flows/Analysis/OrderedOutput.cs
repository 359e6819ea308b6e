namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>Writes the output of several threads in the order of the blocks: a thread waits for its turn.</summary>
internal sealed class OrderedOutput(Stream stream)
{
    private readonly object _turn = new();
    private int _next;
    private bool _isGivenUp;

    public void Write(int block, ReadOnlySpan<byte> text)
    {
        lock (_turn)
        {
            while (_next != block && !_isGivenUp)
                Monitor.Wait(_turn);
            if (_isGivenUp)
                return;
            stream.Write(text);
            _next++;
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>Ends all waiting: a thread has failed, and its turn will never come.</summary>
    public void GiveUp()
    {
        lock (_turn)
        {
            _isGivenUp = true;
            Monitor.PulseAll(_turn);
        }
    }
}
