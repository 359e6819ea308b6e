namespace Tollgate.Operations.Reconciliation;

/// <summary>The result of comparing a cell.</summary>
public enum CellStatus
{
    /// <summary>Both sides agree, within the tolerance.</summary>
    Matched,

    /// <summary>Both sides have it, but differ.</summary>
    Differs,

    /// <summary>The provider reports it, but the ledger does not have it.</summary>
    MissingInLedger,

    /// <summary>The ledger has it, but the provider does not report it.</summary>
    MissingAtProvider,
}
