using System.CommandLine;

namespace Tollgate.Cli.Keys;

/// <summary><c>tollgate keys create|update|list|revoke|rotate</c>.</summary>
internal static class KeysCommand
{
    public static Command Create(TimeProvider time) =>
        new("keys", "Create, change, list, revoke and rotate virtual keys.")
        {
            new CreateKeyCommand(time).Create(),
            UpdateKeyCommand.Create(time),
            ListKeysCommand.Create(time),
            RevokeKeyCommand.Create(time),
            RotateKeyCommand.Create(time),
        };

    /// <summary>The key that a command changes.</summary>
    public static Argument<string> KeyArgument() =>
        new("KEY") { Description = "The key's id or its prefix, as listed." };
}
