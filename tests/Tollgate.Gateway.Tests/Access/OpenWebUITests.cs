using Tollgate.Accounting.Registry;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Access;

/// <summary>Open WebUI names the person and the chat behind a call by its own headers.</summary>
public sealed class OpenWebUITests
{
    private const string Body =
        """{"model":"gpt-4o","messages":[{"role":"user","content":"[[sim input=5 output=5]]"}]}""";

    [Theory]
    [InlineData("ada@example.com", "7f1c", "Ada%20Lovelace", "ada@example.com")]
    [InlineData(null, "7f1c", "Ada%20Lovelace", "7f1c")]
    [InlineData(null, null, "Ad%C3%A9la%C3%AFde", "Adélaïde")]
    [InlineData(null, null, "Ada%0ALovelace", "Ada%0ALovelace")]
    public async Task Attributes_a_call_to_the_person_and_the_chat(string? email, string? id, string name, string user)
    {
        await using var provider = await StartProviderAsync();
        await using var gateway = await InProcessGateway.StartAsync(provider.Address);
        List<(string, string)> headers =
        [
            ("X-OpenWebUI-User-Name", name),
            ("X-OpenWebUI-User-Role", "admin"),
            ("X-OpenWebUI-Chat-Id", "chat-1"),
        ];
        if (email is not null)
            headers.Add(("X-OpenWebUI-User-Email", email));
        if (id is not null)
            headers.Add(("X-OpenWebUI-User-Id", id));

        using var response = await gateway.PostAsync("/v1/chat/completions", Body, [.. headers]);

        var attribution = (await gateway.RecordsAsync()).Single().Attribution;
        attribution.User.ShouldBe(user);
        attribution.Session.ShouldBe("chat-1");
        provider
            .Requests.Single()
            .Headers.Keys.ShouldAllBe(static header =>
                !header.StartsWith("X-OpenWebUI", StringComparison.OrdinalIgnoreCase)
            );
    }

    [Fact]
    public async Task Cannot_override_the_gateways_own_headers_or_the_user_of_a_key()
    {
        await using var provider = await StartProviderAsync();
        await using var gateway = await InProcessGateway.StartAsync(provider.Address);

        using var named = await gateway.PostAsync(
            "/v1/chat/completions",
            Body,
            ("x-tollgate-user", "grace"),
            ("X-OpenWebUI-User-Id", "7f1c")
        );

        (await gateway.RecordsAsync()).Single().Attribution.User.ShouldBe("grace");
        var issued = await (await VirtualKeys.OpenAsync(gateway.LedgerOptions)).CreateAsync(
            new NewVirtualKey { Name = "webui", User = "bound" }
        );
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var bound = await gateway.PostAsync(
                "/v1/chat/completions",
                Body,
                ("Authorization", "Bearer " + issued.Secret),
                ("X-OpenWebUI-User-Id", "7f1c")
            );
            return (await gateway.RecordsAsync()).Any(static record => record.Attribution.KeyId is not null);
        });
        (await gateway.RecordsAsync())
            .Where(static record => record.Attribution.KeyId is not null)
            .ShouldAllBe(static record => record.Attribution.User == "bound");
    }

    private static Task<ScriptedUpstream> StartProviderAsync() =>
        ScriptedUpstream.AnsweringAsync(
            "application/json",
            """
            {"id":"c","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":5,"total_tokens":10}}
            """u8.ToArray()
        );
}
