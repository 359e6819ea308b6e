using Tollgate.Accounting.Registry;
using Tollgate.Api.Contracts.Registry;

namespace Tollgate.Api.Endpoints.Members;

/// <summary>Converts the bodies of requests into entries of one kind.</summary>
/// <param name="Create">Creates an entry.</param>
/// <param name="Change">Changes an entry.</param>
/// <param name="Texts">Returns the texts in which a search looks.</param>
internal sealed record MemberBodies<T, TAdd, TChange>(
    Func<TAdd, T> Create,
    Func<T, TChange, T> Change,
    Func<T, IEnumerable<string?>> Texts
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
            Enabled = body.Enabled ?? true,
        },
        static (user, body) =>
            user with
            {
                OrganizationUnit = body.OrganizationUnit,
                Email = body.Email,
                Enabled = body.Enabled,
            },
        static user => [user.Name, user.OrganizationUnit, user.Email]
    );

    public static readonly MemberBodies<Project, AddMemberBody, ChangeMemberBody> Projects = new(
        static body => new Project
        {
            Name = body.Name,
            Description = body.Description,
            Enabled = body.Enabled ?? true,
        },
        static (project, body) => project with { Description = body.Description, Enabled = body.Enabled },
        static project => [project.Name, project.Description]
    );

    public static readonly MemberBodies<Application, AddMemberBody, ChangeMemberBody> Applications = new(
        static body => new Application
        {
            Name = body.Name,
            Description = body.Description,
            Enabled = body.Enabled ?? true,
        },
        static (application, body) => application with { Description = body.Description, Enabled = body.Enabled },
        static application => [application.Name, application.Description]
    );
}
