using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>A certified OpenID Connect provider, the npm package <c>oidc-provider</c>, as a process.</summary>
internal sealed class IdentityProvider : IDisposable
{
    public const string ClientId = "tollgate";
    public const string ClientSecret = "the secret of the gateway";

    private readonly Process _process;

    private IdentityProvider(Process process, Uri issuer) => (_process, Issuer) = (process, issuer);

    public Uri Issuer { get; }

    /// <summary>Starts the provider.</summary>
    /// <param name="redirect">The address to which it returns.</param>
    /// <param name="accounts">The people with their groups, as <c>ann=llm-admins,staff</c>.</param>
    public static async Task<IdentityProvider> StartAsync(Uri redirect, params string[] accounts)
    {
        var start = new ProcessStartInfo("node", ["identity-provider.mjs", redirect.AbsoluteUri, .. accounts])
        {
            WorkingDirectory = FindFolder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var issuer = await process.StandardOutput.ReadLineAsync();
        return issuer is null
            ? throw new InvalidOperationException(await errors)
            : new IdentityProvider(process, new Uri(issuer));
    }

    private static string FindFolder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../clients"));

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
