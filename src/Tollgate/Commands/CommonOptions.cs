using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Hosting;

namespace Tollgate.Commands;

/// <summary>The options that mean the same in every command.</summary>
internal static class CommonOptions
{
    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "The data folder; else $TOLLGATE_HOME, else the configuration's, else the user's own data folder.",
        HelpName = "DIR",
    };

    /// <summary><c>--format table|json|csv</c>.</summary>
    public static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "How to print.", DefaultValueFactory = static _ => "table" };
        format.AcceptOnlyFromAmong(Listing.Formats);
        return format;
    }

    /// <summary>The ledger of the folder that <paramref name="data"/> names.</summary>
    public static LedgerOptions Ledger(this ParseResult parsed, Option<string?> data) =>
        LedgerLocation.Resolve(parsed.GetValue(data));
}
