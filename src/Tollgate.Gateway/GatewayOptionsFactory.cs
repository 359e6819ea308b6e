using Microsoft.Extensions.Options;

namespace Tollgate.Gateway;

/// <summary>Returns the options that the application created, once they are validated.</summary>
internal sealed class GatewayOptionsFactory(
    GatewayOptions options,
    IEnumerable<IValidateOptions<GatewayOptions>> validators
) : OptionsFactory<GatewayOptions>([], [], validators)
{
    protected override GatewayOptions CreateInstance(string name) => options;
}
