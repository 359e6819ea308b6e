using System.CommandLine;
using Tollgate.Accounting.Registry;

namespace Tollgate.Cli.Registry;

/// <summary>
/// <c>tollgate users</c>, <c>projects</c>, <c>applications</c>, <c>sessions</c>: the entries of the registry.
/// </summary>
internal static class DirectoryCommands
{
    public static Command Users()
    {
        var users = new MemberCommand<User>(
            DirectoryKinds.User,
            static async (options, cancellation) => await Accounting.Registry.Users.OpenAsync(options, cancellation),
            static name => new User { Name = name },
            new(
                Text("--organization-unit", "The organizational unit that the user belongs to.", "--ou"),
                "organization_unit",
                static user => user.OrganizationUnit,
                static (user, unit) => user with { OrganizationUnit = unit }
            ),
            new(
                Text("--email", "The email address."),
                "email",
                static user => user.Email,
                static (user, email) => user with { Email = email }
            )
        );
        return new Command("users", "Add, list, change, deactivate and activate users.")
        {
            users.Add(),
            users.List(),
            users.Update(),
            users.Switch(on: false),
            users.Switch(on: true),
        };
    }

    public static Command Projects() =>
        Of(
            new MemberCommand<Project>(
                DirectoryKinds.Project,
                static async (options, cancellation) =>
                    await Accounting.Registry.Projects.OpenAsync(options, cancellation),
                static name => new Project { Name = name },
                new MemberField<Project>(
                    Description(),
                    "description",
                    static project => project.Description,
                    static (project, text) => project with { Description = text }
                )
            ),
            DirectoryKinds.Project
        );

    public static Command Applications() =>
        Of(
            new MemberCommand<Application>(
                DirectoryKinds.Application,
                static async (options, cancellation) =>
                    await Accounting.Registry.Applications.OpenAsync(options, cancellation),
                static name => new Application { Name = name },
                new MemberField<Application>(
                    Description(),
                    "description",
                    static application => application.Description,
                    static (application, text) => application with { Description = text }
                )
            ),
            DirectoryKinds.Application
        );

    public static Command Sessions() =>
        Of(
            new MemberCommand<Session>(
                DirectoryKinds.Session,
                static async (options, cancellation) =>
                    await Accounting.Registry.Sessions.OpenAsync(options, cancellation),
                static name => new Session { Name = name },
                new MemberField<Session>(
                    Description(),
                    "description",
                    static session => session.Description,
                    static (session, text) => session with { Description = text }
                )
            ),
            DirectoryKinds.Session
        );

    private static Command Of<T>(MemberCommand<T> members, string kind)
        where T : Member =>
        new($"{kind}s", $"Add, list, change and delete {kind}s.")
        {
            members.Add(),
            members.List(),
            members.Update(),
            members.Delete(),
        };

    private static Option<string?> Description() => Text("--description", "A short description.");

    private static Option<string?> Text(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "TEXT" };
}
