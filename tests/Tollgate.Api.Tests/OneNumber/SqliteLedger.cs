using Tollgate.Api.Tests.OneNumber.Reports;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The program on SQLite.</summary>
public sealed class SqliteLedger : OneNumberLedger
{
    /// <inheritdoc/>
    public override SqlSyntax Syntax => SqlSyntax.Sqlite;
}
