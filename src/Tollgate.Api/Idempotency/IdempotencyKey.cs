using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Idempotency;

/// <summary>The header <c>Idempotency-Key</c> of a request, with a digest of all that the request demands.</summary>
/// <param name="Name">The digest of the sender and the key, under which the response is kept.</param>
/// <param name="Fingerprint">The digest of the request.</param>
internal sealed record IdempotencyKey(string Name, string Fingerprint)
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>Reads the key of a request, whose body can be read again afterwards.</summary>
    /// <exception cref="ProblemException">The key is not valid, or the body is too large.</exception>
    public static async Task<IdempotencyKey> ReadAsync(
        HttpRequest request,
        Principal sender,
        CancellationToken cancellationToken
    )
    {
        var key = request.Headers[Header].ToString();
        if (key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = Header,
                    Code = "invalid_value",
                    Message = $"{Header} must be 1 to {MaxLength} visible ASCII characters, such as a UUID.",
                }
            );
        var body = await BodyReader.ReadBytesAsync(request, cancellationToken);
        request.Body = new MemoryStream(body.ToArray());
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(
            Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path.Value}\n{request.QueryString.Value}\n")
        );
        digest.AppendData(body.Span);
        return new IdempotencyKey(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.ToActor()}\n{key}"))),
            Convert.ToHexStringLower(digest.GetCurrentHash())
        );
    }
}
