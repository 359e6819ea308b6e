using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Hosting;

/// <summary>The options of the accounting services in a host; they can be bound to a configuration section.</summary>
public sealed class AccountingOptions
{
    /// <summary>
    /// The folder for the database and its locks, by default <see cref="LedgerOptions.UserFolder"/>. With a server, it
    /// holds the spool. Created if missing. A relative path starts from the working folder.
    /// </summary>
    public string DataFolder { get; set; } = LedgerOptions.UserFolder;

    /// <summary>
    /// The address of the ledger: <c>sqlite:///path/to/file.db</c>, or the URL of a server for which a store was added
    /// to the <see cref="AccountingBuilder"/>; null for the SQLite file in <see cref="DataFolder"/>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The names that every usage must carry and the registry must contain. By default none.</summary>
    public RegistryRequirements RequiredNames { get; set; }

    /// <summary>How limits are enforced.</summary>
    public AdmissionOptions Limits { get; set; } = new();
}
