using System.CommandLine;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze</c>: statistics of columns, from a CSV file or the ledger.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(TimeProvider time) =>
        new(
            "analyze",
            "Fit distributions, and measure dependence and risk, "
                + "for the columns of a CSV file or the calls of the ledger."
        )
        {
            new AnalyzeDistributions(time).Create(),
            new AnalyzeCorrelations(time).Create(),
            new AnalyzeRisk(time).Create(),
        };
}
