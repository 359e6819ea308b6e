using System.Text;
using Tollgate.Configuration;

namespace Tollgate.Tests.Configuration;

public sealed class HostileTextTests : ConfigFolder
{
    private const string Ours = """
        listen: {urls: ["http://127.0.0.1:9000"]}
        routing: &r {retries: 4, cool_down: 1m}
        timeouts:
          idle: 45s
        providers:
          local: {base_url: "http://gpu:8001/v1", headers: {X-Team: "r\u00e9d ☃"}}
        models:
          - name: a
            deployments: [local/${NAME:-llama}, {provider: openai, model: 'x', weight: 2}]
            fallbacks: [b]
          - {name: b, deployments: [openai/gpt-4o]}
        """;

    [Fact]
    public void A_file_cut_at_any_byte_gives_a_configuration_or_errors()
    {
        foreach (var text in new[] { Ours, ProxyYamlTests.Text })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var length = 0; length <= bytes.Length; length++)
                LoadBytes(bytes.AsSpan(0, length));
        }
    }

    [Fact]
    public void A_file_with_bytes_changed_gives_a_configuration_or_errors()
    {
        var random = new Random(20260801);
        var alphabet = "{}[]:,&*!|>'\"%@`#?- \n\t$<~\\\0\u0085aé0"u8.ToArray();
        for (var round = 0; round < 1500; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(round % 2 == 0 ? Ours : ProxyYamlTests.Text);
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = alphabet[random.Next(alphabet.Length)];
            LoadBytes(bytes);
        }
    }

    [Fact]
    public void A_dot_env_of_any_bytes_gives_variables_or_errors()
    {
        var random = new Random(7);
        var alphabet = "AB=\"'#\\ \n\r\texport1"u8.ToArray();
        for (var round = 0; round < 1000; round++)
        {
            var bytes = new byte[random.Next(40)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            File.WriteAllBytes(Path.Combine(Folder, ".env"), bytes);
            Load().ShouldNotBeNull();
        }
    }

    private void LoadBytes(ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, "tollgate.yaml"), bytes);
        var configuration = ConfigurationLoader.Load(Request);
        foreach (var problem in configuration.Problems)
            problem.Message.ShouldNotBeEmpty();
    }
}
