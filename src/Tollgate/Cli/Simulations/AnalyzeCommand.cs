using System.CommandLine;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze</c>: statistics of columns, from a CSV file or the ledger.</summary>
internal static class AnalyzeCommand
{
    public static Command Create() =>
        new(
            "analyze",
            "Fit distributions, measure dependence and risk: of a CSV file's columns, or of the ledger's calls."
        )
        {
            new AnalyzeDistributions().Create(),
            new AnalyzeCorrelations().Create(),
            new AnalyzeRisk().Create(),
        };
}
