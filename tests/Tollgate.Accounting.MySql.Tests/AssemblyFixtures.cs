[assembly: AssemblyFixture(typeof(Tollgate.Accounting.MySql.Tests.MySqlServer))]
