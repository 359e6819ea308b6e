namespace Tollgate.Accounting.Stores;

/// <summary>The failures that a record survives once the ledger has acknowledged it.</summary>
public enum LedgerDurability
{
    /// <summary>
    /// A power failure and a crash of the operating system. Each commit waits until the disk has confirmed it.
    /// </summary>
    Strict,

    /// <summary>
    /// The end of the process, even by <c>kill -9</c>. A power failure or a crash of the operating system can lose the
    /// last seconds, together with what they added to limits; it does not damage the ledger.
    /// </summary>
    Process,
}
