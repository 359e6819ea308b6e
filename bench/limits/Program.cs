using Tollgate.Limits.Bench;

// Usage: bench/limits [--records 0,1000000] [--limits 1,5,50] [--calls 1000000] [--folder DIR]
//    or: bench/limits --database URL [--seconds 10] [--clients 64] [--rounds 3]
if (Option("--database", "") is { Length: > 0 } url)
{
    await GatesRun.RunAsync(
        url,
        int.Parse(Option("--seconds", "10")),
        int.Parse(Option("--clients", "64")),
        int.Parse(Option("--rounds", "3")),
        Console.Out
    );
    return;
}

var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"tollgate-bench-{Environment.ProcessId}");
try
{
    Console.WriteLine("| matching limits | records in the ledger | µs a call | allocated B a call | exchanges |");
    Console.WriteLine("| ---: | ---: | ---: | ---: | ---: |");
    foreach (var records in Numbers("--records", "0,1000000"))
        await AdmissionRun.RunAsync(
            Path.Combine(folder, $"{records}"),
            records,
            Numbers("--limits", "1,5,50"),
            int.Parse(Option("--calls", "1000000")),
            Console.Out
        );
}
finally
{
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
}

int[] Numbers(string name, string otherwise) => [.. Option(name, otherwise).Split(',').Select(int.Parse)];

string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
