using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Cli;

[Trait("Needs", "Server")]
public sealed class AnalysisOnMySqlTests(SharedMySqlServer shared) : AnalysisOnServers, IClassFixture<SharedMySqlServer>
{
    protected override Task<string> CreateDatabaseAsync() => shared.CreateDatabaseUrlAsync();
}
