using Tollgate.Accounting.MySql.Tests;
using Tollgate.Accounting.PostgreSql.Tests;

namespace Tollgate.Tests.Cli;

[Trait("Needs", "Server")]
public sealed class AnalysisOnPostgreSqlTests(PostgreSqlServer server)
    : AnalysisOnServers,
        IClassFixture<PostgreSqlServer>
{
    protected override async Task<string> CreateDatabaseAsync() => server.UrlTo(await server.CreateDatabaseAsync());
}

[Trait("Needs", "Server")]
public sealed class AnalysisOnMySqlTests(MySqlServer server) : AnalysisOnServers, IClassFixture<MySqlServer>
{
    protected override async Task<string> CreateDatabaseAsync() => server.UrlTo(await server.CreateDatabaseAsync());
}
