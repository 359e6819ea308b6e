using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Settings;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The section <c>listen</c>: addresses, encryption, proxies, and other sites.</summary>
internal static class ListenFormat
{
    public static readonly Setting<ConfigurationDraft> Section = Group(
        "listen",
        "Where the gateway listens, and how it is reached.",
        new TextListSetting<ConfigurationDraft>(
            "urls",
            ListenAddress,
            static draft => draft.Settings.Urls,
            static (draft, urls) => draft.Settings = draft.Settings with { Urls = urls },
            "The addresses to listen on. Addresses beyond this machine (0.0.0.0, *) require a virtual key to exist. "
                + "https addresses require a certificate."
        )
        {
            Variable = "TOLLGATE_URLS",
        },
        Group(
            "tls",
            "The certificate for https addresses. Replaced files are used within half a minute, without a restart.",
            new ValueSetting<ConfigurationDraft, string>(
                "certificate",
                SettingTypes.Path,
                static draft => draft.Settings.Transport.CertificateFile,
                static (draft, file) => Change(draft, transport => transport with { CertificateFile = file }),
                "A PEM file with the certificate and its chain, or a PFX file. Relative to this file."
            )
            {
                Variable = "TOLLGATE_TLS_CERTIFICATE",
            },
            new ValueSetting<ConfigurationDraft, string>(
                "key",
                SettingTypes.Path,
                static draft => draft.Settings.Transport.KeyFile,
                static (draft, file) => Change(draft, transport => transport with { KeyFile = file }),
                "The PEM file with the private key; if omitted, it is in the certificate's file. Relative to this file."
            )
            {
                Variable = "TOLLGATE_TLS_KEY",
            },
            new ValueSetting<ConfigurationDraft, string>(
                "password",
                Secret,
                static draft => draft.Settings.Transport.CertificatePassword,
                static (draft, password) =>
                    Change(draft, transport => transport with { CertificatePassword = password }),
                "The password of the PFX file or of the private key; write ${NAME} to take it from the environment."
            )
        ),
        new TextListSetting<ConfigurationDraft>(
            "trusted_proxies",
            Network,
            static draft => draft.Settings.Transport.TrustedProxies,
            static (draft, proxies) => Change(draft, transport => transport with { TrustedProxies = proxies }),
            "The proxies whose X-Forwarded-For, -Proto, -Host, and -Prefix headers are believed, as addresses or "
                + "networks such as 10.0.0.0/8. If omitted, such headers are ignored, because any caller can send them."
        ),
        new ValueSetting<ConfigurationDraft, string>(
            "path_base",
            PathBase,
            static draft => draft.Settings.Transport.PathBase,
            static (draft, path) => Change(draft, transport => transport with { PathBase = path }),
            "The path below which a proxy publishes the gateway, such as /tollgate, if the proxy does not remove it."
        ),
        new TextListSetting<ConfigurationDraft>(
            "allowed_origins",
            Origin,
            static draft => draft.Settings.Transport.AllowedOrigins,
            static (draft, origins) => Change(draft, transport => transport with { AllowedOrigins = origins }),
            "The origins of sites whose pages may call the gateway from a browser, such as https://app.example.com "
                + "(CORS). If omitted, browsers refuse such pages the responses."
        )
    );

    private static void Change(ConfigurationDraft draft, Func<TransportSettings, TransportSettings> change) =>
        draft.Settings = draft.Settings with { Transport = change(draft.Settings.Transport) };
}
