using Tollgate.Testing.Gateways;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>One number on SQLite, and at the command line.</summary>
public sealed class SqliteOneNumberTests(SqliteLedger ledger) : OneNumberTests(ledger), IClassFixture<SqliteLedger>
{
    [Fact]
    public async Task The_command_line_has_the_same_sums() => await CheckCommandsAsync(60, CommandRun.RunProgramAsync);
}
