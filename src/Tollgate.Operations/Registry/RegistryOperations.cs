using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Registry;

/// <summary>Adds, lists, changes and deletes the registry's entries of one kind.</summary>
/// <typeparam name="T">The kind of entry.</typeparam>
public sealed class RegistryOperations<T>
    where T : Member
{
    private readonly Workspace _workspace;
    private readonly string _kind;
    private readonly JsonTypeInfo<T> _type;
    private readonly Func<CancellationToken, Task<MemberTable<T>>> _open;

    internal RegistryOperations(
        Workspace workspace,
        string kind,
        JsonTypeInfo<T> type,
        Func<CancellationToken, Task<MemberTable<T>>> open
    ) => (_workspace, _kind, _type, _open) = (workspace, kind, type, open);

    /// <summary>Returns all entries, by name.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken) =>
        await (await _open(cancellationToken)).ListAsync(cancellationToken);

    /// <summary>Returns the entry with that name; null if there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellationToken) =>
        await (await _open(cancellationToken)).FindAsync(name, cancellationToken);

    /// <summary>Adds an entry.</summary>
    /// <exception cref="OperationException">There is one with this name, or the registry cannot hold it.</exception>
    public async Task<T> AddAsync(T member, Actor actor, CancellationToken cancellationToken)
    {
        RequireStorable(member.Name, member);
        if (!await (await _open(cancellationToken)).AddAsync(member, cancellationToken))
            throw new OperationException(
                OperationError.Conflict,
                $"The {_kind} '{member.Name}' already exists. Change it instead.",
                $"{_kind}s"
            );
        await RecordAsync("create", member.Name, null, member, actor);
        return member;
    }

    /// <summary>Changes an entry. Gateways apply the change within a second.</summary>
    /// <exception cref="OperationException">There is none with this name, or the registry cannot hold it.</exception>
    public async Task<T> ChangeAsync(string name, Func<T, T> change, Actor actor, CancellationToken cancellationToken)
    {
        T? before = null;
        var table = await _open(cancellationToken);
        var after =
            await table.UpdateAsync(name, found => RequireStorable(name, change(before = found)), cancellationToken)
            ?? throw CreateUnknownException(name);
        await RecordAsync("update", name, before, after, actor);
        return after;
    }

    /// <summary>Deletes an entry. Its recorded usage is kept.</summary>
    /// <exception cref="OperationException">There is none with this name.</exception>
    public Task DeleteAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        DeleteAsync(name, static _ => { }, actor, cancellationToken);

    /// <summary>Deletes an entry if it is in a certain state, which no concurrent change can slip past.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="require">Throws if the entry, as it is right before the deletion, must stay.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">There is none with this name.</exception>
    public async Task DeleteAsync(string name, Action<T> require, Actor actor, CancellationToken cancellationToken)
    {
        T? before = null;
        var table = await _open(cancellationToken);
        if (!await table.DeleteAsync(name, found => require(before = found), cancellationToken))
            throw CreateUnknownException(name);
        await RecordAsync("delete", name, before, null, actor);
    }

    /// <summary>Applies the rules of the registry before it does, with an error for the caller.</summary>
    private T RequireStorable(string name, T member)
    {
        try
        {
            RegistryChanges.Validate([RegistryChange.Put(_kind, name, JsonSerializer.Serialize(member, _type))]);
            return member;
        }
        catch (ArgumentException exception)
        {
            throw new OperationException(OperationError.Invalid, exception.Message.Split(" (Parameter '")[0]);
        }
    }

    private Task RecordAsync(string verb, string name, T? before, T? after, Actor actor) =>
        _workspace.AuditTrail.WriteAsync(actor, AuditedChange.Create($"{_kind}.{verb}", name, before, after, _type));

    private OperationException CreateUnknownException(string name) =>
        new(OperationError.NotFound, $"There is no {_kind} '{name}'.", $"{_kind}s");
}

/// <summary>The use cases of each kind of registry entry.</summary>
public static class RegistryOperations
{
    /// <summary>Those of users.</summary>
    public static RegistryOperations<User> Users(Workspace workspace) =>
        new(
            workspace,
            RegistryKinds.User,
            MemberJson.Default.User,
            async cancellationToken =>
                await Accounting.Registry.Users.OpenAsync(workspace.Options.Ledger, cancellationToken)
        );

    /// <summary>Those of projects.</summary>
    public static RegistryOperations<Project> Projects(Workspace workspace) =>
        new(
            workspace,
            RegistryKinds.Project,
            MemberJson.Default.Project,
            async cancellationToken =>
                await Accounting.Registry.Projects.OpenAsync(workspace.Options.Ledger, cancellationToken)
        );

    /// <summary>Those of teams.</summary>
    public static RegistryOperations<Team> Teams(Workspace workspace) =>
        new(
            workspace,
            RegistryKinds.Team,
            MemberJson.Default.Team,
            async cancellationToken =>
                await Accounting.Registry.Teams.OpenAsync(workspace.Options.Ledger, cancellationToken)
        );

    /// <summary>Those of applications.</summary>
    public static RegistryOperations<Application> Applications(Workspace workspace) =>
        new(
            workspace,
            RegistryKinds.Application,
            MemberJson.Default.Application,
            async cancellationToken =>
                await Accounting.Registry.Applications.OpenAsync(workspace.Options.Ledger, cancellationToken)
        );

    /// <summary>Those of conversations.</summary>
    public static RegistryOperations<Conversation> Conversations(Workspace workspace) =>
        new(
            workspace,
            RegistryKinds.Conversation,
            MemberJson.Default.Conversation,
            async cancellationToken =>
                await Accounting.Registry.Conversations.OpenAsync(workspace.Options.Ledger, cancellationToken)
        );
}
