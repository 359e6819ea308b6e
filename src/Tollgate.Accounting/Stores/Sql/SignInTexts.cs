using Tollgate.Accounting.SignIns;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Refuses texts that one of the databases would reject or cut: what is stored must be the same in all of them.
/// </summary>
internal static class SignInTexts
{
    private const int HashLength = 64;
    private const int MaxReasonLength = 64;

    public static void Validate(SignInSession session)
    {
        ValidateAccount(session.Account);
        ValidateHash(session.SecretHash);
        if (session.Address is { } address)
            Require(address, SignInSession.MaxTextLength, nameof(SignInSession.Address));
        if (session.Agent is { } agent)
            Require(agent, SignInSession.MaxTextLength, nameof(SignInSession.Agent));
        if (session.EndedAt is not null || session.EndReason is not null)
            throw new ArgumentException(
                $"The session {session.Id:N} cannot be created as ended. Create it, then end it.",
                nameof(session)
            );
    }

    public static void ValidateAccount(string account) =>
        Require(account, SignInSession.MaxTextLength, nameof(account));

    public static void ValidateHash(string hash)
    {
        if (hash.Length != HashLength || hash.AsSpan().ContainsAnyExcept("0123456789abcdef"))
            throw new ArgumentException(
                $"The hash of a session's secret must have {HashLength} lower-case hexadecimal digits.",
                nameof(hash)
            );
    }

    public static void ValidateReason(string reason) => Require(reason, MaxReasonLength, nameof(reason));

    public static void ValidateSubject(string subject) =>
        Require(subject, SignInSession.MaxTextLength, nameof(subject));

    private static void Require(string text, int maxLength, string name)
    {
        if (text.Length == 0 || text.Length > maxLength)
            throw new ArgumentException($"{name} must have 1 to {maxLength} characters, not {text.Length}.", name);
        if (text.Any(char.IsControl) || HasLoneSurrogate(text))
            throw new ArgumentException(
                $"{name} must not contain control characters or unpaired surrogates. Remove them.",
                name
            );
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
