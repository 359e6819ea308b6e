using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>One API's way to write an answer.</summary>
internal interface IAnswerDialect
{
    /// <summary>What the ids of its answers begin with.</summary>
    string IdPrefix { get; }

    void WritePlain(Utf8JsonWriter json, Answer answer);

    /// <summary>These tokens by the names of the provider's own usage statement.</summary>
    IEnumerable<(string Name, long Count)> Terms(BilledTokens tokens);
}

/// <summary>An API that can also answer piece by piece.</summary>
internal interface IStreamDialect : IAnswerDialect
{
    /// <summary>Whether these events are one JSON array instead of server-sent events.</summary>
    bool IsArray(Answer answer) => false;

    /// <summary>What comes before the first delta.</summary>
    void WriteOpening(EventWriter events, Answer answer);

    void WriteDelta(EventWriter events, Answer answer, int delta);

    /// <summary>What comes after the last delta: finish reasons, the usage and the terminal event.</summary>
    void WriteEnding(EventWriter events, Answer answer);

    /// <summary>What an answer that fails half-way ends with.</summary>
    void WriteFailure(EventWriter events, Answer answer);
}
