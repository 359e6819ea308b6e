using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Identity.Passwords;

/// <summary>
/// A stored password: <c>pbkdf2-sha512$220000$SALT$HASH</c>, both as base64. The first part names the function, so that
/// another one can be introduced beside it.
/// </summary>
internal sealed class PasswordHash
{
    /// <summary>More rounds are not ours: a changed entry must not occupy a core for minutes.</summary>
    private const int MaxIterations = 10_000_000;

    private const string Function = "pbkdf2-sha512";
    private const int SaltSize = 16;
    private const int HashSize = 32;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) =>
        (Iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>The rounds of the function.</summary>
    public int Iterations { get; }

    /// <summary>Hashes a password with a new salt.</summary>
    public static PasswordHash Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Parses a stored hash; returns null if it does not have the format.</summary>
    public static PasswordHash? Parse(string text) =>
        text.Split('$') is [Function, var rounds, var salt, var hash]
        && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
        && iterations is > 0 and <= MaxIterations
        && ReadBytes(salt, SaltSize) is { } saltBytes
        && ReadBytes(hash, HashSize) is { } hashBytes
            ? new PasswordHash(iterations, saltBytes, hashBytes)
            : null;

    /// <summary>True if the password is the one that was hashed; compares in constant time.</summary>
    public bool Verify(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations), _hash);

    /// <summary>Formats it for the registry. Never show it.</summary>
    public string Export() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Function}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}"
        );

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(UnicodeComposition.Compose(password)),
            salt,
            iterations,
            HashAlgorithmName.SHA512,
            HashSize
        );

    private static byte[]? ReadBytes(string base64, int size)
    {
        var bytes = new byte[size + 1];
        // White space is skipped by the decoder, so the length is compared too.
        return
            base64.Length == (size + 2) / 3 * 4
            && Convert.TryFromBase64String(base64, bytes, out var written)
            && written == size
            ? bytes[..size]
            : null;
    }
}
