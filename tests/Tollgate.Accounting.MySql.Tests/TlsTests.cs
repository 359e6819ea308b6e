using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class TlsTests(TlsServer server) : IClassFixture<TlsServer>
{
    private const string Version =
        "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Ssl_version'";

    [Theory]
    [InlineData("disabled", "")]
    [InlineData("preferred", "TLSv1.3")]
    [InlineData("required", "TLSv1.3")]
    [InlineData("verify-ca&sslca={ca}", "TLSv1.3")]
    [InlineData("verify-full&sslca={ca}", "TLSv1.3")]
    public async Task A_connection_is_encrypted_as_its_mode_requires(string mode, string version) =>
        (await VersionAsync(mode)).ShouldBe(version);

    [Theory]
    [InlineData("verify-ca")]
    [InlineData("verify-full")]
    public async Task A_certificate_of_an_unknown_authority_is_refused_if_it_is_verified(string mode) =>
        await Should.ThrowAsync<LedgerUnavailableException>(() => VersionAsync(mode));

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_if_the_host_is_verified()
    {
        (await VersionAsync("verify-ca&sslca={ca}", host: "localhost")).ShouldBe("TLSv1.3");
        await Should.ThrowAsync<LedgerUnavailableException>(() =>
            VersionAsync("verify-full&sslca={ca}", host: "localhost")
        );
    }

    [Fact]
    public async Task A_login_that_requires_a_certificate_gets_it()
    {
        await Should.ThrowAsync<LedgerUnavailableException>(() => VersionAsync("required", "certified"));
        (await VersionAsync("required&sslcert={cert}&sslkey={key}", "certified")).ShouldBe("TLSv1.3");
    }

    private async Task<object?> VersionAsync(string mode, string user = "tollgate", string host = "127.0.0.1")
    {
        var settings = mode.Replace("{ca}", server.Authority, StringComparison.Ordinal)
            .Replace("{cert}", server.ClientCertificate, StringComparison.Ordinal)
            .Replace("{key}", server.ClientKey, StringComparison.Ordinal);
        var database = await server.CreateDatabaseAsync();
        await using var store = new MySqlLedgerStore(server.UrlTo(database, $"sslmode={settings}", user, host));
        return (await store.SelectAsync(Version, TimeSpan.FromSeconds(20))).Rows[0][0];
    }
}
