using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tollgate.Identity.Accounts;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>The identity provider: its metadata, its token endpoint, and the check of its tokens.</summary>
internal sealed class OpenIdProvider : IDisposable
{
    private const int MaxResponseBytes = 1024 * 1024;
    private const int MaxTokenLength = 64 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Only signatures with a private key of the provider: two sides have the client's secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly OpenIdOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _metadata;

    /// <summary>Creates the connection. The provider is asked when someone signs in.</summary>
    /// <param name="options">The provider.</param>
    /// <param name="time">The clock.</param>
    public OpenIdProvider(OpenIdOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = !options.Issuer.IsLoopback }
        );
    }

    private string Issuer => _options.Issuer.OriginalString;

    /// <summary>Returns the address at which the person signs in.</summary>
    /// <exception cref="OpenIdException">The provider cannot be reached.</exception>
    public async Task<Uri> CreateAddressAsync(
        string id,
        SignInState state,
        Uri redirect,
        CancellationToken cancellationToken
    )
    {
        var metadata = await ReadMetadataAsync(cancellationToken);
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier)));
        var message = new OpenIdConnectMessage
        {
            IssuerAddress = metadata.AuthorizationEndpoint,
            ClientId = _options.ClientId,
            RedirectUri = redirect.AbsoluteUri,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = string.Join(' ', _options.Scopes),
            State = id,
            Nonce = state.Nonce,
        };
        message.SetParameter("code_challenge", challenge);
        message.SetParameter("code_challenge_method", "S256");
        return new Uri(message.CreateAuthenticationRequestUrl());
    }

    /// <summary>Exchanges a code for the identity token, and verifies it.</summary>
    /// <exception cref="OpenIdException">The provider cannot be reached, refuses the code, or returns a token that is
    /// not valid.</exception>
    public async Task<VerifiedPerson> RedeemAsync(
        string code,
        SignInState state,
        Uri redirect,
        CancellationToken cancellationToken
    )
    {
        var metadata = await ReadMetadataAsync(cancellationToken);
        var token = await RequestTokenAsync(metadata, code, state, redirect, cancellationToken);
        var verified =
            await VerifyAsync(token, metadata, state)
            ?? throw new OpenIdException(
                "The response of the identity provider could not be verified. Begin the sign-in again; if it fails "
                    + "again, compare issuer and client_id of accounts.oidc with the registration at the provider."
            );
        return Describe(verified);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<OpenIdConnectConfiguration> ReadMetadataAsync(CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await _metadata.GetConfigurationAsync(cancellationToken);
            return metadata.Issuer == Issuer
                ? metadata
                : throw new OpenIdException(
                    $"The identity provider states the issuer '{metadata.Issuer}', but accounts.oidc.issuer is "
                        + $"'{Issuer}'. Both must have the same characters."
                );
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw CreateUnavailable();
        }
    }

    private async Task<string> RequestTokenAsync(
        OpenIdConnectConfiguration metadata,
        string code,
        SignInState state,
        Uri redirect,
        CancellationToken cancellationToken
    )
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirect.AbsoluteUri,
            ["code_verifier"] = state.Verifier,
            ["client_id"] = _options.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint);
        AddSecret(metadata, request, form);
        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode >= 500)
                throw CreateUnavailable();
            if (!response.IsSuccessStatusCode)
                throw new OpenIdException(
                    $"The identity provider refused the code with status {(int)response.StatusCode}. Begin the sign-in "
                        + "again; if it fails again, check client_id and client_secret of accounts.oidc."
                );
            var tokens = await response.Content.ReadFromJsonAsync(OpenIdJson.Default.TokenResponse, cancellationToken);
            return tokens?.IdToken is { Length: > 0 and <= MaxTokenLength } token
                ? token
                : throw new OpenIdException("The identity provider returned no identity token. Request scope openid.");
        }
        catch (JsonException)
        {
            throw CreateUnavailable();
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw CreateUnavailable();
        }
    }

    /// <summary>By HTTP Basic, as all providers must support, unless the provider states only the other way.</summary>
    private void AddSecret(
        OpenIdConnectConfiguration metadata,
        HttpRequestMessage request,
        Dictionary<string, string> form
    )
    {
        if (_options.ClientSecret is not { } secret)
            return;
        var methods = metadata.TokenEndpointAuthMethodsSupported;
        if (methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"))
        {
            form["client_secret"] = secret;
            return;
        }

        var pair = $"{Uri.EscapeDataString(_options.ClientId)}:{Uri.EscapeDataString(secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))
        );
    }

    /// <summary>Returns the token if it is valid; a key that is not known yet is fetched once.</summary>
    private async Task<JsonWebToken?> VerifyAsync(string token, OpenIdConnectConfiguration metadata, SignInState state)
    {
        var result = await _handler.ValidateTokenAsync(token, CreateRules(metadata));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            _metadata.RequestRefresh();
            result = await _handler.ValidateTokenAsync(token, CreateRules(await ReadMetadataAsync(default)));
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject.Length: > 0 } verified)
            return null;
        var isOurs =
            verified.TryGetPayloadValue<string>("nonce", out var nonce)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(nonce),
                Encoding.UTF8.GetBytes(state.Nonce)
            )
            && (verified.Audiences.Count() == 1 || verified.Azp == _options.ClientId);
        return isOurs ? verified : null;
    }

    private TokenValidationParameters CreateRules(OpenIdConnectConfiguration metadata) =>
        new()
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = Issuer,
            ValidAudience = _options.ClientId,
            IssuerSigningKeys = metadata.SigningKeys,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }

    private VerifiedPerson Describe(JsonWebToken token)
    {
        using var claims = new ClaimReader(token.EncodedPayload);
        var values = claims.ReadTexts(_options.RoleClaim);
        var role = _options.Roles.Where(pair => values.Contains(pair.Key)).Select(static pair => pair.Value);
        return new VerifiedPerson(
            new ExternalIdentity(Issuer, token.Subject),
            claims.ReadTexts(_options.UsernameClaim).FirstOrDefault(),
            role.Cast<Permissions.Role?>().FirstOrDefault(),
            _options.TeamsClaim is { } name ? claims.ReadTexts(name) : null
        );
    }

    private static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or InvalidOperationException or ArgumentException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static OpenIdException CreateUnavailable() =>
        new("The identity provider does not answer as it should. Try again in a moment.", isProviderUnavailable: true);
}
