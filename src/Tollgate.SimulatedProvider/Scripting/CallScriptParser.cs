using System.Text;

namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>Finds <c>[[sim key=value …]]</c> in a request's bytes.</summary>
internal static class CallScriptParser
{
    private const int MaxLength = 4096;

    private static ReadOnlySpan<byte> Opening => "[[sim"u8;

    /// <summary>The script of a request, or what is wrong with it.</summary>
    public static (CallScript Script, string? Fault) Parse(ReadOnlySpan<byte> body)
    {
        // The last one applies: a conversation's earlier turns contain the directives of earlier calls.
        var start = body.LastIndexOf(Opening);
        if (start < 0)
            return (CallScript.Empty, null);
        var rest = body[(start + Opening.Length)..];
        var end = rest[..Math.Min(rest.Length, MaxLength)].IndexOf("]]"u8);
        return end < 0
            ? (CallScript.Empty, "a [[sim directive is not closed by ]]")
            : ParseDirectives(Encoding.UTF8.GetString(rest[..end]));
    }

    private static (CallScript Script, string? Fault) ParseDirectives(string text)
    {
        var script = new CallScript();
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            if (!Directive.All.TryGetValue(name, out var directive))
                return (script, Quote("unknown directive ", name));
            if (equals < 0 || !directive.Apply(script, pair[(equals + 1)..]))
                return (script, Quote("invalid value of directive ", pair));
        }

        return (script, null);
    }

    private static string Quote(string what, string text) => what + "'" + text + "'";
}
