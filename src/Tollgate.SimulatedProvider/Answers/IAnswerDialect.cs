using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>Writes the responses of one API.</summary>
internal interface IAnswerDialect
{
    /// <summary>The prefix of its response ids.</summary>
    string IdPrefix { get; }

    void WritePlain(Utf8JsonWriter json, Answer answer);

    /// <summary>These tokens under the names in the provider's own usage object.</summary>
    IEnumerable<(string Name, long Count)> Terms(BilledTokens tokens);
}

/// <summary>An API that can also stream its responses.</summary>
internal interface IStreamDialect : IAnswerDialect
{
    /// <summary>Whether these events are one JSON array instead of server-sent events.</summary>
    bool IsArray(Answer answer) => false;

    /// <summary>Writes the events before the first delta.</summary>
    void WriteOpening(EventWriter events, Answer answer);

    void WriteDelta(EventWriter events, Answer answer, int delta);

    /// <summary>Writes the events after the last delta: finish reasons, the usage and the terminal event.</summary>
    void WriteEnding(EventWriter events, Answer answer);

    /// <summary>Writes the end of a response that fails midway.</summary>
    void WriteFailure(EventWriter events, Answer answer);
}
