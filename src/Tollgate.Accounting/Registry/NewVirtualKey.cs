namespace Tollgate.Accounting.Registry;

/// <summary>A request to create a key.</summary>
public sealed record NewVirtualKey : VirtualKeyProperties;

/// <summary>A key that was just created.</summary>
/// <param name="Key">The public properties of the key.</param>
/// <param name="Secret">The key itself. It is not stored anywhere, so this is the only chance to hand it over.</param>
public sealed record IssuedVirtualKey(VirtualKey Key, string Secret)
{
    /// <summary>Returns the public part only, so that a logged record does not reveal the key.</summary>
    public override string ToString() => $"{Key.Prefix}… ({Key.Id})";
}
