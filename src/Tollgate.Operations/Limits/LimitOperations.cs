using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>Lists, explains, sets, imports and deletes limits.</summary>
/// <param name="workspace">The ledger whose registry holds the limits.</param>
public sealed class LimitOperations(Workspace workspace)
{
    /// <summary>
    /// Returns the limits in force with what the configuration defines differently, then those that it defines and a
    /// gateway will import when it starts.
    /// </summary>
    public async Task<LimitList> ListAsync(CancellationToken cancellationToken)
    {
        var definitions = await workspace.OpenLimitsAsync(withCounters: false, cancellationToken);
        var set = await definitions.ListAsync(cancellationToken);
        var configured = workspace
            .Options.ConfiguredLimits.SelectMany(static source =>
                source.Limits.Select(limit => limit with { Owner = source.Owner })
            )
            .ToDictionary(static limit => limit.Id);
        var waiting = configured.Values.Where(limit => set.Limits.All(known => known.Id != limit.Id));
        return new LimitList(
            [
                .. set.Limits.Select(limit =>
                    LimitDetails.Create(limit, LimitConflicts.Describe(limit, configured.GetValueOrDefault(limit.Id)))
                ),
                .. waiting.Select(static limit => LimitDetails.Create(limit, "from the next gateway start")),
            ],
            set.Problems
        );
    }

    /// <summary>Returns how much of every limit is used and left, a line for each counter.</summary>
    public async Task<LimitUsageList> ReadUsageAsync(CancellationToken cancellationToken)
    {
        var set = await ReadSetAsync(cancellationToken);
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var now = workspace.Now;
        var statuses = await LimitStatusReader.ReadAsync(ledger.Limits, set.Limits, now, cancellationToken);
        return new LimitUsageList([.. statuses.Select(status => LimitUsage.Create(status, now))], set.Problems);
    }

    /// <summary>Returns how much of the limits that apply to a call is used and left.</summary>
    /// <param name="call">The call. A key implies the user, project, team and organization that it is bound
    /// to.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">No key matches.</exception>
    public async Task<LimitUsageList> ExplainAsync(CallProperties call, CancellationToken cancellationToken)
    {
        var set = await ReadSetAsync(cancellationToken);
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var subject = await CreateSubjectAsync(call, cancellationToken);
        var now = workspace.Now;
        var statuses = await LimitStatusReader.ReadAsync(ledger.Limits, set.Limits, subject, now, cancellationToken);
        return new LimitUsageList([.. statuses.Select(status => LimitUsage.Create(status, now))], set.Problems);
    }

    /// <summary>
    /// Sets limits, all or none, and counts what was already spent in their windows. A running gateway applies them
    /// within a second.
    /// </summary>
    /// <param name="requests">The limits, each at most once.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">No key matches a scope, an amount or an alert is not valid, or a limit is
    /// given twice.</exception>
    public async Task<IReadOnlyList<SetLimitResult>> SetAsync(
        IReadOnlyList<SetLimitRequest> requests,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // 1. Check the requests, and resolve the keys of their scopes.
        var changes = new Dictionary<string, Func<Limit?, Limit>>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            LimitRequestValidator.Validate(request);
            var scope = await workspace.ResolveScopeAsync(request.Scope, cancellationToken);
            var limit = request.Expression.ToLimit(scope, request.Variant);
            if (!changes.TryAdd(limit.Id, before => request.Apply(limit, before)))
                throw new OperationException(OperationError.Invalid, $"The limit '{limit.Id}' is set twice. Keep one.");
        }

        // 2. Change the definitions.
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var made = await definitions.SetAsync(changes, cancellationToken);

        // 3. Count what was spent before, and record the change.
        var earlier = await workspace.CountEarlierUsageAsync(made, cancellationToken);
        await workspace.AuditTrail.WriteAsync(actor, [.. made.Select(static change => change.ToAudited("limit.set"))]);
        return
        [
            .. made.Select(change => new SetLimitResult(
                change.Before is { } before ? LimitDetails.Create(before) : null,
                LimitDetails.Create(change.After!),
                LimitNumber.Create(
                    change.After!.Metric,
                    earlier
                        .FirstOrDefault(drift => drift.Limit.Id == change.After.Id && drift.Target.Length == 0)
                        ?.Ledger
                )
            )),
        ];
    }

    /// <summary>
    /// Deletes a limit and its counter. Returns the file that will restore it when a gateway starts, or null if none
    /// does.
    /// </summary>
    /// <param name="id">The limit's id.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">There is no such limit.</exception>
    public async Task<string?> DeleteAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var before = (await definitions.ListAsync(cancellationToken)).Limits.FirstOrDefault(limit => limit.Id == id);
        // An entry that cannot be read is not listed, but can be deleted.
        if (!await definitions.DeleteAsync(id, cancellationToken))
            throw new OperationException(OperationError.NotFound, $"There is no limit '{id}'.", "limits");
        await workspace.AuditTrail.WriteAsync(
            actor,
            before is null
                ? new AuditedChange("limit.delete", id)
                : new LimitChange(before, null).ToAudited("limit.delete")
        );
        return workspace
            .Options.ConfiguredLimits.FirstOrDefault(source => source.Limits.Any(limit => limit.Id == id))
            ?.Owner;
    }

    /// <summary>
    /// Imports limits: those of each source are set, those no longer in it are removed, those set at run time are kept.
    /// </summary>
    /// <param name="sources">The sources, in the order of precedence.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<LimitImport>> ImportAsync(
        IReadOnlyList<LimitSource> sources,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        IReadOnlyList<string> owners = [.. sources.Select(static source => source.Owner)];
        var imports = new List<LimitImport>();
        foreach (var source in sources)
        {
            var result = await definitions.ImportAsync(source.Owner, source.Limits, owners, cancellationToken);
            await workspace.CountEarlierUsageAsync(result.Changes, cancellationToken);
            await workspace.AuditTrail.WriteAsync(
                actor,
                [.. result.Changes.Select(static change => change.ToAudited("limit.import"))]
            );
            imports.Add(LimitImport.Create(source, result));
        }

        return imports;
    }

    private async Task<LimitSet> ReadSetAsync(CancellationToken cancellationToken) =>
        await (await workspace.OpenLimitsAsync(withCounters: true, cancellationToken)).ListAsync(cancellationToken);

    private async Task<LimitSubject> CreateSubjectAsync(CallProperties call, CancellationToken cancellationToken)
    {
        var key = call.Key is { } name ? await workspace.FindKeyAsync(name, cancellationToken) : null;
        var provider =
            call.Provider ?? (call.Model is { } model ? workspace.Prices.FindProvider(model, workspace.Now) : null);
        // Attributes that are not given are empty, and match no limit that requires them.
        return new LimitSubject(
            new()
            {
                KeyId = key?.Id,
                User = key?.User ?? call.User,
                Project = key?.Project ?? call.Project,
                Application = call.Application,
                Tags = call.Tag,
            },
            provider!,
            call.Model!,
            null,
            key?.Team ?? call.Team,
            key?.Organization ?? call.Organization
        );
    }
}
