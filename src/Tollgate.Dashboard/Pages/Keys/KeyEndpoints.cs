using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Keys;
using Tollgate.Api.Problems;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Keys;

/// <summary>The virtual keys.</summary>
internal sealed class KeyEndpoints(Workspace workspace)
{
    private static readonly TimeSpan RotationGrace = TimeSpan.FromDays(1);

    private readonly KeyOperations _keys = new(workspace);
    private readonly KeyOwners _owners = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [
            new(new PageRoute("GET", "/keys") { Permission = Permission.KeysRead }, ListAsync),
            new(new PageRoute("POST", "/keys") { Permission = Permission.KeysWrite }, CreateAsync),
            new(new PageRoute("POST", "/keys/{id}/rotate") { Permission = Permission.KeysWrite }, RotateAsync),
            new(new PageRoute("POST", "/keys/{id}/revoke") { Permission = Permission.KeysWrite }, RevokeAsync),
        ];

    private async Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken) =>
        KeyListPage.Create(await CreateModelAsync(request, cancellationToken));

    private async Task<IResult> CreateAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var form = NewKeyForm.Read(await request.Http.Request.ReadFormAsync(cancellationToken));
        try
        {
            await _owners.RequireAsync(
                request.Person!,
                new KeyOwner(Optional(form.User), Optional(form.Team), Organization: null),
                cancellationToken
            );
            var issued = await _keys.IssueAsync(
                new NewVirtualKey
                {
                    Name = form.Name,
                    User = Optional(form.User),
                    Project = Optional(form.Project),
                    Team = Optional(form.Team),
                    ExpiresAt = ReadExpiry(form.Expires, request.State.Range.Zone),
                },
                ReadLimits(form.Budget),
                request.Actor,
                cancellationToken
            );
            var model = await CreateModelAsync(request, cancellationToken);
            return KeyListPage.Create(model with { Issued = issued });
        }
        catch (Exception exception) when (exception is OperationException or ProblemException)
        {
            request.Http.Response.StatusCode =
                exception is ProblemException problem ? problem.Code.Status : StatusCodes.Status400BadRequest;
            var model = await CreateModelAsync(request, cancellationToken);
            return KeyListPage.Create(model with { Problem = exception.Message, Form = form });
        }
    }

    private async Task<IResult> RotateAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken);
        var issued = await _keys.RotateAsync(key.Id, RotationGrace, request.Actor, cancellationToken);
        return KeyListPage.Create(await CreateModelAsync(request, cancellationToken) with { Issued = issued });
    }

    private async Task<IResult> RevokeAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken);
        await _keys.RevokeAsync(key.Id, request.Actor, cancellationToken);
        return new RedirectResult(request.BasePath + "keys");
    }

    private async Task<KeyListModel> CreateModelAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var showsAll = request.Http.Request.Query["all"] == "true";
        var within = (await _keys.ListAsync(cancellationToken))
            .Where(key => request.Person!.Reach.Includes(key.Id, key.User, key.Team))
            .Reverse()
            .ToList();
        var shown = within.Where(key => showsAll || key.Status == VirtualKeyStatus.Active).ToList();
        var spent = await ReadSpendingAsync(request, cancellationToken);
        var http = request.Http.Request;
        return new KeyListModel(
            new FrameModel(request, "Keys", "keys"),
            [
                .. shown.Select(key =>
                    spent.TryGetValue(key.Id, out var used)
                        ? new KeyRow(key, used.Cost, used.Calls)
                        : new KeyRow(key, null, 0)
                ),
            ]
        )
        {
            HiddenCount = within.Count - shown.Count,
            MayWrite = request.May(Permission.KeysWrite),
            Address = $"{http.Scheme}://{http.Host}{request.BasePath}",
            Now = workspace.Now,
        };
    }

    private async Task<Dictionary<string, (decimal? Cost, long Calls)>> ReadSpendingAsync(
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        var month = new TimeRangeText("this_month", Zone: request.State.Range.Zone.Id);
        var series = await new UsageOperations(workspace, request.Reach).SeriesAsync(
            new SeriesRequest(new UsageScope(TimeRangeParser.Parse(month, workspace.Now)))
            {
                Measures = [UsageMeasure.Cost, UsageMeasure.Calls],
                Group = UsageDimension.Key,
                Top = 1000,
                Bucket = SeriesBucket.None,
            },
            cancellationToken
        );
        return series
            .Lines.Where(static line => line is { IsOther: false, Names: [not null] })
            .ToDictionary(
                static line => line.Names[0]!,
                static line => (line.Values[0].Value, (long)(line.Values[1].Value ?? 0))
            );
    }

    private async Task<KeyDetails> FindAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        return
            await _keys.FindByIdAsync(id, cancellationToken) is { } key
            && request.Person!.Reach.Includes(key.Id, key.User, key.Team)
            ? key
            : throw new ProblemException(ProblemCode.NotFound, $"There is no key '{id}'.");
    }

    private static KeyLimits ReadLimits(string budget)
    {
        if (budget.Length == 0)
            return new KeyLimits();
        if (
            !decimal.TryParse(budget, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
            || usd > 1_000_000_000
        )
            throw new OperationException(
                OperationError.Invalid,
                $"The budget must be an amount in US dollars such as 25 or 12.50, not '{budget}'."
            );
        return new KeyLimits
        {
            MaxBudget = new NewAmount(Money.Round(usd).ToPico()),
            BudgetDuration = new CalendarWindow(CalendarUnit.Month),
        };
    }

    private static DateTimeOffset? ReadExpiry(string text, TimeZoneInfo zone)
    {
        if (text.Length == 0)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? TimeRangeParser.Parse(new TimeRangeText(From: text, To: text, Zone: zone.Id), DateTimeOffset.UnixEpoch).To
            : throw new OperationException(
                OperationError.Invalid,
                $"The last day must be a date such as 2026-12-31, not '{text}'."
            );
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;
}
