namespace Tollgate.Accounting.MySql.Tests;

/// <summary>A server that no other class uses, because it is stopped and killed.</summary>
public sealed class ServerToStop : MySqlServer;
