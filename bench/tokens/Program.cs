using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tollgate.Metering.Tokens;
using Tollgate.Tokens.Bench;

// Usage: bench/tokens [--seconds 2]
var seconds = double.Parse(args is ["--seconds", var given] ? given : "2");
var bench = Here();
var folder = Path.Combine(Path.GetTempPath(), $"tollgate-bench-{Environment.ProcessId}");

var loading = Stopwatch.GetTimestamp();
foreach (var encoding in new[] { TokenEncoding.O200kBase, TokenEncoding.Cl100kBase })
    TokenCounter.For(encoding).Count("a");
Console.WriteLine(
    $"Both tables were read in {Stopwatch.GetElapsedTime(loading).TotalMilliseconds:N0} ms, including code that is "
        + $"not compiled yet.\n"
);
Console.WriteLine("| counter | text | encoding | MB | tokens | MB/s |");
Console.WriteLine("| --- | --- | --- | ---: | ---: | ---: |");
try
{
    var corpora = Corpora.Write(folder, Path.Combine(bench, "..", ".."));
    foreach (var encoding in new[] { TokenEncoding.O200kBase, TokenEncoding.Cl100kBase })
    {
        foreach (var (name, file) in corpora)
            Measure(name, File.ReadAllBytes(file), TokenCounter.For(encoding));
        Run(
            "node",
            [
                Path.Combine(bench, "npm.mjs"),
                TokenCounter.For(encoding).Name,
                $"{seconds}",
                .. corpora.Select(corpus => corpus.File),
            ]
        );
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

// The best round within the time, after the same time for the compiler; at least one round.
void Measure(string name, byte[] text, TokenCounter counter)
{
    var (tokens, best) = (0L, TimeSpan.MaxValue);
    foreach (var isWarmUp in new[] { true, false })
    {
        best = TimeSpan.MaxValue;
        for (
            var started = Stopwatch.GetTimestamp();
            best == TimeSpan.MaxValue || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds;

        )
        {
            var round = Stopwatch.GetTimestamp();
            tokens = counter.Count(text);
            if (Stopwatch.GetElapsedTime(round) is var took && took < best)
                best = took;
        }
    }

    Console.WriteLine(
        $"| Tollgate | {name} | {counter.Name} | {text.Length / 1e6:N1} | {tokens:N0} | "
            + $"{text.Length / 1e6 / best.TotalSeconds:N1} |"
    );
}

static void Run(string program, IEnumerable<string> arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException(
            "The npm benchmark failed. Install its packages with 'npm ci' in bench/tokens."
        );
}

static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
