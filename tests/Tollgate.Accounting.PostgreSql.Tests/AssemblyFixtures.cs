[assembly: AssemblyFixture(typeof(Tollgate.Accounting.PostgreSql.Tests.PostgreSqlServer))]
