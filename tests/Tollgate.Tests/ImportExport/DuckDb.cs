using System.Diagnostics;
using System.Text.Json;

namespace Tollgate.Tests.ImportExport;

/// <summary>DuckDB as its npm package has it, run by node: a reader of Parquet that is not the writer's.</summary>
internal static class DuckDb
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "clients", "duckdb.mjs");

    /// <summary>The rows of each statement, each value as text; null if it is absent.</summary>
    public static async Task<string?[][][]> QueryAsync(params string[] statements)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [Script, .. statements])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = node.StandardError.ReadToEndAsync();
        var lines = (await node.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(
            0,
            $"{await errors}\nThe npm packages are installed by ./test.sh, or by 'npm ci' in tests/clients."
        );
        return [.. lines.Select(Parse)];
    }

    private static string?[][] Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(row => row.EnumerateArray().Select(value => value.ToString()).ToArray()),
        ];
    }
}
