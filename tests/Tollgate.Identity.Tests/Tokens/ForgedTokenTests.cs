using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

/// <summary>Tokens that are not ours. Each starts from a valid one, so that only the forgery can be why.</summary>
public sealed class ForgedTokenTests : TokenFixture
{
    private string _token = "";
    private string _header = "";
    private string _payload = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _token = (await IssueAsync()).AccessToken;
        (_header, _payload) = (Decode(_token.Split('.')[0]), Decode(_token.Split('.')[1]));
        (await AccessTokens.CheckAsync(_token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    public async Task Refuses_an_unsigned_token(string algorithm)
    {
        var header = _header.Replace("ES256", algorithm, StringComparison.Ordinal);

        await IsRefusedAsync($"{Encode(header)}.{Encode(_payload)}.");
        await IsRefusedAsync($"{Encode(header)}.{Encode(_payload)}.{_token.Split('.')[2]}");
        await IsRefusedAsync($"{Encode(header)}.{Encode(_payload)}");
    }

    /// <summary>The public key, which everyone may have, as the secret of a symmetric algorithm.</summary>
    [Fact]
    public async Task Refuses_a_token_that_is_signed_with_the_public_key()
    {
        var keys = await Keys.WriteKeySetAsync();
        var publicKey = (await Keys.FindAsync(KidOf(_header), default))!.ECDsa.ExportSubjectPublicKeyInfo();
        var content = $"{Encode(_header.Replace("ES256", "HS256", StringComparison.Ordinal))}.{Encode(_payload)}";
        foreach (var secret in (byte[][])[publicKey, keys.ToArray()])
        {
            var signature = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content));
            await IsRefusedAsync($"{content}.{Base64Url.EncodeToString(signature)}");
        }
    }

    [Fact]
    public async Task Refuses_a_token_of_another_key_also_if_it_names_ours_or_brings_its_own()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = other.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}""";

        await IsRefusedAsync(Sign(_header, _payload, other));
        await IsRefusedAsync(Sign($$"""{{_header[..^1]}},"jwk":{{jwk}}}""", _payload, other));
        await IsRefusedAsync(Sign($$"""{{_header[..^1]}},"jku":"https://evil.example/jwks.json"}""", _payload, other));
        await IsRefusedAsync(Sign(_header.Replace(KidOf(_header), "unknown"), _payload, other));
        await IsRefusedAsync(Sign("""{"alg":"ES256","typ":"at+jwt"}""", _payload, other));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("at+jwt2")]
    [InlineData("logout+jwt")]
    public async Task Refuses_another_type_of_token_with_our_signature(string type)
    {
        using var key = await OpenOwnKeyAsync();

        await IsRefusedAsync(Sign(_header.Replace("at+jwt", type, StringComparison.Ordinal), _payload, key));
        (await AccessTokens.CheckAsync(Sign(_header, _payload, key))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Refuses_another_algorithm_with_our_key()
    {
        using var key = await OpenOwnKeyAsync();
        var header = _header.Replace("ES256", "ES384", StringComparison.Ordinal);

        await IsRefusedAsync(Sign(header, _payload, key, HashAlgorithmName.SHA384));
        await IsRefusedAsync(Sign(header, _payload, key, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("\"exp\":", "\"exq\":")]
    [InlineData("\"sid\":", "\"sie\":")]
    [InlineData("\"sub\":", "\"sua\":")]
    [InlineData("\"aud\":", "\"auf\":")]
    [InlineData("\"iss\":", "\"isr\":")]
    public async Task Refuses_a_token_without_one_of_its_claims(string claim, string other)
    {
        using var key = await OpenOwnKeyAsync();
        _payload.ShouldContain(claim);

        await IsRefusedAsync(Sign(_header, _payload.Replace(claim, other, StringComparison.Ordinal), key));
    }

    [Fact]
    public async Task Refuses_a_token_that_is_cut_anywhere()
    {
        for (var length = 0; length < _token.Length; length++)
            await IsRefusedAsync(_token[..length]);
    }

    [Fact]
    public async Task Refuses_a_token_with_any_other_character()
    {
        var random = new Random(1);
        const string characters = "AZaz09-_.=+/ é\0";
        for (var place = 0; place < _token.Length; place++)
        {
            var character = characters[random.Next(characters.Length)];
            var changed = $"{_token[..place]}{character}{_token[(place + 1)..]}";
            // The last character of a part has bits that are not used.
            if (character != _token[place] && place + 1 < _token.Length && _token[place + 1] != '.')
                await IsRefusedAsync(changed);
        }
    }

    [Fact]
    public async Task Refuses_any_text_without_an_exception()
    {
        var random = new Random(2);
        string[] texts =
        [
            "",
            ".",
            "..",
            "...",
            "....",
            "a.b.c",
            "e30.e30.e30",
            "bnVsbA.bnVsbA.",
            "W10.W10.AA",
            $"{_token}.{_token}",
            new string('a', 1_000_000),
            new string('.', 5000),
            "Bearer " + _token,
            _token + "\n",
            $"{Encode("""{"alg":"ES256","typ":"at+jwt","kid":1}""")}.e30.AA",
            $"{Encode("""{"alg":"ES256","typ":"at+jwt","kid":"' OR 1=1--"}""")}.e30.AA",
            $"{Encode("""{"alg":"ES256","typ":"at+jwt","kid":"a\u0000b"}""")}.e30.AA",
        ];
        foreach (var text in texts)
            await IsRefusedAsync(text);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            var parts = bytes.Chunk(1 + random.Next(60)).Select(static part => Base64Url.EncodeToString(part));
            await IsRefusedAsync(string.Join('.', parts));
        }
    }

    private async Task IsRefusedAsync(string token) =>
        (await AccessTokens.CheckAsync(token)).ShouldBeNull(token[..Math.Min(token.Length, 300)]);

    private async Task<ECDsa> OpenOwnKeyAsync()
    {
        // The private key as only a process with the master key has it.
        var current = await Keys.GetCurrentAsync(default);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(current.ECDsa.ExportPkcs8PrivateKey(), out _);
        return key;
    }

    private static string KidOf(string header) => header.Split("\"kid\":\"")[1].Split('"')[0];

    private static string Sign(string header, string payload, ECDsa key) =>
        Sign(header, payload, key, HashAlgorithmName.SHA256);

    private static string Sign(string header, string payload, ECDsa key, HashAlgorithmName hash)
    {
        var content = $"{Encode(header)}.{Encode(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(content), hash);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
