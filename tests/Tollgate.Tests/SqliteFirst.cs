using System.Runtime.CompilerServices;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Tests;

/// <summary>
/// Loads the ledger's SQLite before a test opens a database of its own: two libraries in one process would take each
/// other's connections.
/// </summary>
internal static class SqliteFirst
{
    [ModuleInitializer]
    internal static void Load() => _ = SqliteLibrary.Version;
}
