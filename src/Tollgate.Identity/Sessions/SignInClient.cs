using System.Net;
using System.Text;
using Tollgate.Accounting.SignIns;

namespace Tollgate.Identity.Sessions;

/// <summary>The client that signs in, for the list of sessions.</summary>
/// <param name="Address">Its network address; null if unknown.</param>
/// <param name="Agent">Its description of itself (<c>User-Agent</c>); null if it sent none.</param>
public sealed record SignInClient(IPAddress? Address, string? Agent)
{
    /// <summary>The address as it is stored.</summary>
    internal string? ShownAddress =>
        (Address is { IsIPv4MappedToIPv6: true } ? Address.MapToIPv4() : Address)?.ToString();

    /// <summary>The description as it is stored: cut, and without characters that a database rejects.</summary>
    internal string? ShownAgent
    {
        get
        {
            if (string.IsNullOrWhiteSpace(Agent))
                return null;
            var shown = new StringBuilder();
            foreach (var rune in Agent.EnumerateRunes())
            {
                if (shown.Length + rune.Utf16SequenceLength > SignInSession.MaxTextLength)
                    break;
                shown.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
            }

            return shown.ToString();
        }
    }
}
