using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Probing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Probing;

/// <summary>Tests of keys, against a server that records what it gets.</summary>
public sealed class ProviderProbeTests : IAsyncLifetime
{
    private readonly ProviderProbe _probe = new(TimeProvider.System);
    private ScriptedUpstream _server = null!;
    private int _status = StatusCodes.Status200OK;

    [Theory]
    [InlineData("openai", "/v1/models", "Authorization", "Bearer provider-key")]
    [InlineData("anthropic", "/v1/models?limit=1", "x-api-key", "provider-key")]
    [InlineData("gemini", "/v1beta/models?pageSize=1", "x-goog-api-key", "provider-key")]
    public async Task Requests_the_list_of_models_with_the_key_where_the_provider_expects_it(
        string provider,
        string path,
        string header,
        string value
    )
    {
        var result = await _probe.SendAsync(InProcessGateway.DeploymentAt(_server.Address, provider), default);

        (result.Outcome, result.Status).ShouldBe((ProbeOutcome.Ok, 200));
        var request = _server.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe(path);
        request.Headers[header].ShouldBe(value);
    }

    [Theory]
    [InlineData(401, ProbeOutcome.Refused)]
    [InlineData(403, ProbeOutcome.Refused)]
    [InlineData(404, ProbeOutcome.Failed)]
    [InlineData(500, ProbeOutcome.Failed)]
    [InlineData(302, ProbeOutcome.Failed)]
    public async Task Returns_the_status_and_follows_no_redirect(int status, ProbeOutcome outcome)
    {
        _status = status;

        var result = await _probe.SendAsync(InProcessGateway.DeploymentAt(_server.Address, "openai"), default);

        (result.Outcome, result.Status).ShouldBe((outcome, status));
        _server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reports_a_server_that_is_not_there()
    {
        var address = _server.Address;
        await _server.DisposeAsync();

        var result = await _probe.SendAsync(InProcessGateway.DeploymentAt(address, "openai"), default);

        (result.Outcome, result.Status).ShouldBe((ProbeOutcome.Unreachable, null));
    }

    [Theory]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.7", true)]
    [InlineData("203.0.113.9", true)]
    public void A_name_must_not_lead_to_a_link_local_or_metadata_address(string address, bool isAllowed) =>
        GuardedConnector.IsAllowed(IPAddress.Parse(address)).ShouldBe(isAllowed);

    public async ValueTask InitializeAsync() =>
        _server = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = _status;
            http.Response.Headers.Location = "/elsewhere";
            return http.Response.WriteAsync("a text");
        });

    public async ValueTask DisposeAsync()
    {
        _probe.Dispose();
        await _server.DisposeAsync();
    }
}
