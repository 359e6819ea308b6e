using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Gateway.Tests.Allocations;

/// <summary>
/// A provider on bare blocking sockets that answers every request with the same bytes. Once its connections stand it
/// allocates nothing, so that all that is allocated during a call is the gate's.
/// </summary>
internal sealed class FixedUpstream : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answer;
    private readonly int _requestBodyLength;

    public FixedUpstream(string answer, int requestBodyLength)
    {
        (_answer, _requestBodyLength) = (Encoding.UTF8.GetBytes(answer), requestBodyLength);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var caller = _listener.Accept();
                new Thread(() => Serve(caller)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket caller)
    {
        var buffer = new byte[16 * 1024];
        while (ReceiveRequest(caller, buffer))
            caller.Send(_answer);
        caller.Dispose();
    }

    private bool ReceiveRequest(Socket caller, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var count = caller.Receive(buffer.AsSpan(length));
            if (count == 0)
                return false;
            length += count;
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && length >= head + 4 + _requestBodyLength)
                return true;
        }
    }
}
