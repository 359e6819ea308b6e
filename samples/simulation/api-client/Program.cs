// A simulation over HTTP with the typed client. TOLLGATE_URL is the gateway's address; TOLLGATE_TOKEN a token.
using Tollgate.Client;
using Tollgate.Client.Jobs;
using Tollgate.Client.Simulations;
using Tollgate.Client.Usage;

var address = new Uri(Environment.GetEnvironmentVariable("TOLLGATE_URL") ?? "http://localhost:8000");
using var tollgate = new TollgateClient(address, Environment.GetEnvironmentVariable("TOLLGATE_TOKEN") ?? "");

// 1. Simulate months of usage under four pricing mechanisms.
var simulation = await tollgate.Simulations.SimulateAsync(
    new SimulationRequest
    {
        NSimulations = 10_000,
        Mechanisms = ["per_token", "bundle", "hybrid", "cached"],
        Seed = 42,
    }
);
foreach (var (plan, charges) in simulation.Results)
    Console.WriteLine($"{plan}: {charges.Mean:0.00} USD per month, {charges.P95:0.00} in a bad one");

// 2. Recommend one of them to a customer.
var advice = await tollgate.Simulations.OptimizeAsync(
    simulation.SimulationId,
    new UserProfile { RiskTolerance = "low", UsageVolume = 50_000_000 }
);
Console.WriteLine($"recommended: {advice.RecommendedMechanism}");

// 3. Write the calls of a week to a file, in the background.
var export = await tollgate.Jobs.StartExportAsync(new ExportRequest { Format = "csv", Range = "7d" });
var ended = await tollgate.Jobs.WaitAsync(export.Id);
Console.WriteLine($"export: {ended.Status}, {ended.Result?.Bytes} bytes");

// 4. What was spent.
var totals = await tollgate.Usage.SummarizeAsync(new UsageScope { Range = "7d" });
Console.WriteLine($"{totals.Calls} calls, {totals.Cost ?? 0} USD");
