using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>Writes the responses of one API.</summary>
internal interface IResponseDialect
{
    /// <summary>The prefix of its response ids.</summary>
    string IdPrefix { get; }

    void WritePlain(Utf8JsonWriter json, SimulatedResponse answer);

    /// <summary>These tokens under the names in the provider's own usage object.</summary>
    IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens);
}

/// <summary>An API that can also stream its responses.</summary>
internal interface IStreamDialect : IResponseDialect
{
    /// <summary>True if these events are one JSON array instead of server-sent events.</summary>
    bool IsArray(SimulatedResponse answer) => false;

    /// <summary>Writes the events before the first delta.</summary>
    void WriteOpening(EventWriter events, SimulatedResponse answer);

    void WriteDelta(EventWriter events, SimulatedResponse answer, int delta);

    /// <summary>Writes the events after the last delta: finish reasons, the usage and the terminal event.</summary>
    void WriteEnding(EventWriter events, SimulatedResponse answer);

    /// <summary>Writes the end of a response that fails midway.</summary>
    void WriteFailure(EventWriter events, SimulatedResponse answer);
}
