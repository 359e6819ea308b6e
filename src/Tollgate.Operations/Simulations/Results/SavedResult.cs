using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Analytics.Simulation;

namespace Tollgate.Operations.Simulations.Results;

/// <summary>A simulation's report, as it is kept and as programs read it.</summary>
/// <param name="Id">The id; null if it was not saved.</param>
/// <param name="SavedAt">When it was saved; null if it was not.</param>
/// <param name="Source">The simulated scenario file.</param>
/// <param name="Notes">Notes on the underlying usage.</param>
/// <param name="Report">The report.</param>
public sealed record SavedResult(
    string? Id,
    DateTimeOffset? SavedAt,
    string Source,
    IReadOnlyList<string> Notes,
    SimulationReport Report
)
{
    /// <summary>
    /// The request that described the simulation, from which it can be repeated at another volume; null if it was a
    /// file.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Request { get; init; }

    /// <summary>The result as JSON, with all of its numbers.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SimulationJson.Readable.SavedResult);

    /// <summary>Parses what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="OperationException">The text is not a valid result.</exception>
    public static SavedResult Parse(string text, string name)
    {
        try
        {
            var result = JsonSerializer.Deserialize(text, SimulationJson.Readable.SavedResult);
            if (result is { Report.Plans.Count: > 0 })
                return result;
        }
        catch (JsonException exception)
        {
            throw CreateException(name, exception.Message);
        }

        throw CreateException(name, "It has no report with plans.");
    }

    private static OperationException CreateException(string name, string reason) =>
        new(OperationError.Unreadable, $"'{name}' is not a simulation result: {reason}", "simulation-results");
}
