using Tollgate.Testing.Gateways;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>One number on PostgreSQL, and at the command line.</summary>
[Trait("Needs", "Server")]
public sealed class PostgreSqlOneNumberTests(PostgreSqlLedger ledger)
    : OneNumberTests(ledger),
        IClassFixture<PostgreSqlLedger>
{
    [Fact]
    public async Task The_command_line_has_the_same_sums() =>
        await CheckCommandsAsync(4, arguments => GatewayProcess.RunAsync(arguments, ("DATABASE_URL", ledger.Url!)));
}
