namespace Tollgate.Accounting.Stores.Sql.Ledger;

/// <summary>The parts of a ledger store that depend on the kind of server.</summary>
public sealed record ServerLedgerParts
{
    /// <summary>The connections for the store's own statements.</summary>
    public required ISqlConnections Connections { get; init; }

    /// <summary>The differences between servers.</summary>
    public required SqlDialect Dialect { get; init; }

    /// <summary>Creates and upgrades the schema.</summary>
    public required ServerMigrations Migrations { get; init; }

    /// <summary>Runs users' SQL.</summary>
    public required ServerUserStatements Statements { get; init; }

    /// <summary>The audit trail.</summary>
    public required IAuditTrailStore AuditTrail { get; init; }

    /// <summary>The sessions of people who signed in.</summary>
    public required ISignInStore SignIns { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
