using System.Text.Json;
using Tollgate.Accounting.Registry;

namespace Tollgate.Accounting.Tests.Registry;

public sealed class FormerJsonTests
{
    [Theory]
    [InlineData("former")]
    [InlineData("previous")]
    public void Reads_the_replaced_secrets_of_a_key_stored_by_any_version(string field)
    {
        var hash = new string('a', 64);
        var json =
            $$"""
            {"name":"ci","created_at":"2026-01-01T00:00:00Z","prefix":"tg-1","hash":"{{hash}}",
             "{{field}}":[{"hash":"{{hash}}","until":"2026-02-01T00:00:00Z"}]}
            """;

        var key = JsonSerializer.Deserialize(json, RegistryJson.Default.StoredKey)!;

        key.Previous.ShouldNotBeNull().ShouldHaveSingleItem().Hash.ShouldBe(hash);
        var written = JsonSerializer.Serialize(key, RegistryJson.Default.StoredKey);
        written.ShouldContain("\"previous\":[");
        written.ShouldNotContain("former");
    }
}
