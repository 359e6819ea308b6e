using System.Text.Json.Serialization;

namespace Tollgate.Identity.Permissions;

/// <summary>The role of an account. <see cref="RolePermissions"/> lists the permissions of each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>May do everything.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,

    /// <summary>Manages keys, users and limits of some teams, and reads their usage.</summary>
    [JsonStringEnumMemberName("manager")]
    Manager,

    /// <summary>Reads the usage and the keys of one user.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>Reads everything except prompts, settings, accounts, and tokens.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,
}
