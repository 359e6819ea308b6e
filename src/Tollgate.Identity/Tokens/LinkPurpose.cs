using System.Text.Json.Serialization;

namespace Tollgate.Identity.Tokens;

/// <summary>The use of a one-time link.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkPurpose>))]
public enum LinkPurpose
{
    /// <summary>Creates the first account, an administrator.</summary>
    [JsonStringEnumMemberName("first_admin")]
    FirstAdmin,

    /// <summary>Sets the password of an account.</summary>
    [JsonStringEnumMemberName("password")]
    Password,
}
