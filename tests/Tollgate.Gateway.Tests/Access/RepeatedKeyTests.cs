using System.Net;
using System.Net.Sockets;
using System.Text;
using Tollgate.Accounting.Registry;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Access;

/// <summary>Calls with the same and with other keys on one connection.</summary>
public sealed class RepeatedKeyTests
{
    [Fact]
    public async Task A_connection_that_repeats_its_key_is_refused_after_its_revocation_and_may_use_another_key()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);
        var keys = await VirtualKeys.OpenAsync(gate.LedgerOptions);
        var (first, firstSecret) = await keys.CreateAsync(new NewVirtualKey { Name = "first", User = "ann" });
        var (_, secondSecret) = await keys.CreateAsync(new NewVirtualKey { Name = "second", User = "bob" });
        await RefusedAsync(gate, "tg-unknown");
        using var connection = await Connection.OpenAsync(gate.Client.BaseAddress!);

        (await connection.CallAsync(firstSecret)).ShouldBe(200);
        (await connection.CallAsync(firstSecret)).ShouldBe(200);
        (await connection.CallAsync(firstSecret + "x")).ShouldBe(401);
        (await connection.CallAsync(secondSecret)).ShouldBe(200);
        (await connection.CallAsync(firstSecret)).ShouldBe(200);
        await keys.RevokeAsync(first.Id);
        await RefusedAsync(gate, firstSecret);
        (await connection.CallAsync(firstSecret)).ShouldBe(401);
        (await connection.CallAsync(secondSecret)).ShouldBe(200);

        var records = await gate.RecordsAsync();
        records.Select(record => record.Attribution.User).Order().ShouldBe(["ann", "ann", "ann", "bob", "bob"]);
    }

    /// <summary>Waits until the gate has seen that a key is not one, on another connection.</summary>
    private static Task RefusedAsync(InProcessGateway gate, string key) =>
        Eventually.BecomesTrueAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await gate.Client.SendAsync(request);
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });

    /// <summary>One connection, kept open.</summary>
    private sealed class Connection(TcpClient tcp, Uri address) : IDisposable
    {
        private const string Body = """{"model":"gpt-4o","messages":[{"role":"user","content":"input=10 output=5"}]}""";

        public static async Task<Connection> OpenAsync(Uri address)
        {
            var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, address.Port);
            return new Connection(tcp, address);
        }

        public async Task<int> CallAsync(string key)
        {
            var stream = tcp.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /v1/chat/completions HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer "
                        + $"{key}\r\n"
                        + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"
                )
            );
            var head = await ReadHeadAsync(stream);
            await ReadBodyAsync(stream, head);
            return int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture);
        }

        public void Dispose() => tcp.Dispose();

        private static async Task<string> ReadHeadAsync(NetworkStream stream)
        {
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                head.Append((char)await ReadByteAsync(stream));
            return head.ToString();
        }

        private static async Task ReadBodyAsync(NetworkStream stream, string head)
        {
            const string name = "Content-Length: ";
            var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            at.ShouldBeGreaterThan(0, head);
            var end = head.IndexOf('\r', at);
            var length = int.Parse(
                head.AsSpan(at + name.Length, end - at - name.Length),
                System.Globalization.CultureInfo.InvariantCulture
            );
            for (var read = 0; read < length; read++)
                await ReadByteAsync(stream);
        }

        private static async Task<byte> ReadByteAsync(NetworkStream stream)
        {
            var one = new byte[1];
            await stream.ReadExactlyAsync(one);
            return one[0];
        }
    }
}
