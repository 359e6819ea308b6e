using System.CommandLine;
using Tollgate.Accounting.Registry;
using Tollgate.Operations.Registry;

namespace Tollgate.Cli.Registry;

/// <summary>
/// <c>tollgate users</c>, <c>projects</c>, <c>applications</c>, <c>sessions</c>: the entries of the registry.
/// </summary>
internal static class RegistryCommands
{
    public static Command Users(TimeProvider time)
    {
        var users = new RegistryEntryCommand<User>(
            time,
            RegistryKinds.User,
            RegistryOperations.Users,
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
            ),
            new(Team(), "team", static user => user.Team, static (user, team) => user with { Team = team })
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

    public static Command Projects(TimeProvider time) =>
        CreateGroup(
            new RegistryEntryCommand<Project>(
                time,
                RegistryKinds.Project,
                RegistryOperations.Projects,
                static name => new Project { Name = name },
                new RegistryEntryField<Project>(
                    Description(),
                    "description",
                    static project => project.Description,
                    static (project, text) => project with { Description = text }
                ),
                new RegistryEntryField<Project>(
                    Team(),
                    "team",
                    static project => project.Team,
                    static (project, team) => project with { Team = team }
                )
            ),
            RegistryKinds.Project
        );

    public static Command Applications(TimeProvider time) =>
        CreateGroup(
            new RegistryEntryCommand<Application>(
                time,
                RegistryKinds.Application,
                RegistryOperations.Applications,
                static name => new Application { Name = name },
                new RegistryEntryField<Application>(
                    Description(),
                    "description",
                    static application => application.Description,
                    static (application, text) => application with { Description = text }
                ),
                new RegistryEntryField<Application>(
                    Team(),
                    "team",
                    static application => application.Team,
                    static (application, team) => application with { Team = team }
                )
            ),
            RegistryKinds.Application
        );

    public static Command Sessions(TimeProvider time) =>
        CreateGroup(
            new RegistryEntryCommand<Conversation>(
                time,
                RegistryKinds.Conversation,
                RegistryOperations.Conversations,
                static name => new Conversation { Name = name },
                new RegistryEntryField<Conversation>(
                    Description(),
                    "description",
                    static session => session.Description,
                    static (session, text) => session with { Description = text }
                )
            ),
            RegistryKinds.Conversation
        );

    private static Command CreateGroup<T>(RegistryEntryCommand<T> members, string kind)
        where T : Member =>
        new($"{kind}s", $"Add, list, change and delete {kind}s.")
        {
            members.Add(),
            members.List(),
            members.Update(),
            members.Delete(),
        };

    private static Option<string?> Description() => Text("--description", "A short description.");

    private static Option<string?> Team() => Text("--team", "The team whose managers administer the entry.");

    private static Option<string?> Text(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "TEXT" };
}
