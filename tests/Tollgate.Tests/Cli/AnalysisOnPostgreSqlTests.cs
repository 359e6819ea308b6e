using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Cli;

[Trait("Needs", "Server")]
public sealed class AnalysisOnPostgreSqlTests(SharedPostgreSqlServer shared)
    : AnalysisOnServers,
        IClassFixture<SharedPostgreSqlServer>
{
    protected override Task<string> CreateDatabaseAsync() => shared.CreateDatabaseUrlAsync();
}
