using Tollgate.Accounting.Registry;
using Tollgate.Api.Contracts.Registry;
using Tollgate.Operations.Keys;

namespace Tollgate.Api.Endpoints.Members;

/// <summary>Converts the bodies of requests into entries of one kind.</summary>
/// <param name="Create">Creates an entry.</param>
/// <param name="Change">Changes an entry.</param>
/// <param name="Texts">Returns the texts in which a search looks.</param>
/// <param name="Team">Returns the team whose managers administer an entry; null if only administrators do.</param>
/// <param name="Bound">Returns the entry to which a key is bound; null if it is bound to none.</param>
internal sealed record MemberBodies<T, TAdd, TChange>(
    Func<TAdd, T> Create,
    Func<T, TChange, T> Change,
    Func<T, IEnumerable<string?>> Texts,
    Func<T, string?> Team,
    Func<KeyDetails, string?> Bound
)
    where T : Member;

/// <summary>The conversions of each kind.</summary>
internal static class MemberBodies
{
    public static readonly MemberBodies<User, AddUserBody, ChangeUserBody> Users = new(
        static body => new User
        {
            Name = body.Name,
            OrganizationUnit = body.OrganizationUnit,
            Email = body.Email,
            Team = body.Team,
            Enabled = body.Enabled ?? true,
        },
        static (user, body) =>
            user with
            {
                OrganizationUnit = body.OrganizationUnit,
                Email = body.Email,
                Team = body.Team,
                Enabled = body.Enabled,
            },
        static user => [user.Name, user.OrganizationUnit, user.Email, user.Team],
        static user => user.Team,
        static key => key.User
    );

    public static readonly MemberBodies<Project, AddMemberBody, ChangeMemberBody> Projects = new(
        static body => new Project
        {
            Name = body.Name,
            Description = body.Description,
            Team = body.Team,
            Enabled = body.Enabled ?? true,
        },
        static (project, body) =>
            project with
            {
                Description = body.Description,
                Team = body.Team,
                Enabled = body.Enabled,
            },
        static project => [project.Name, project.Description, project.Team],
        static project => project.Team,
        static key => key.Project
    );

    public static readonly MemberBodies<Application, AddMemberBody, ChangeMemberBody> Applications = new(
        static body => new Application
        {
            Name = body.Name,
            Description = body.Description,
            Team = body.Team,
            Enabled = body.Enabled ?? true,
        },
        static (application, body) =>
            application with
            {
                Description = body.Description,
                Team = body.Team,
                Enabled = body.Enabled,
            },
        static application => [application.Name, application.Description, application.Team],
        static application => application.Team,
        static _ => null
    );

    /// <summary>A team is administered by its own managers.</summary>
    public static readonly MemberBodies<Team, AddTeamBody, ChangeTeamBody> Teams = new(
        static body => new Team
        {
            Name = body.Name,
            Alias = body.Alias,
            Metadata = body.Metadata,
        },
        static (team, body) => team with { Alias = body.Alias, Metadata = body.Metadata },
        static team => [team.Name, team.Alias],
        static team => team.Name,
        static _ => null
    );
}
