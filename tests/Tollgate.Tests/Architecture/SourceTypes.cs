using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Architecture;

/// <summary>The types as they are written, the parts of a partial type together.</summary>
internal static class SourceTypes
{
    /// <summary>
    /// The classes with behavior and the number of their own public members, by <c>Project/Name</c>. Records are data,
    /// and so are options: a class whose public members are all properties. A static class of constants or extension
    /// methods is a list. A member that overrides another or implements an interface is not the class's own.
    /// </summary>
    public static IEnumerable<(string Name, int Members)> ReadClasses(string folder)
    {
        var types = Declarations(folder).ToList();
        var promised = types
            .Where(type => type.Syntax is InterfaceDeclarationSyntax)
            .ToLookup(type => type.Syntax.Identifier.Text, type => type.Syntax);
        return types
            .Where(type => type.Syntax is ClassDeclarationSyntax)
            .GroupBy(type => type.Name, type => type.Syntax)
            .Select(parts => (parts.Key, Members: OwnMembers([.. parts], promised)))
            .Where(type => !IsData(type.Members))
            .Select(type => (type.Key, type.Members.Count));
    }

    /// <summary>
    /// The methods and constructors and the number of their parameters, by <c>Project/Type.Name</c>. A token and what
    /// the compiler passes do not count. A record's values, a message to log, and a native function are exempt.
    /// </summary>
    public static IEnumerable<(string Name, int Parameters)> ReadParameterLists(string folder) =>
        Declarations(folder).SelectMany(type => ParameterLists(type.Name, type.Syntax));

    private static IEnumerable<(string Name, TypeDeclarationSyntax Syntax)> Declarations(string folder) =>
        SourceFiles
            .CSharp(folder)
            .SelectMany(file =>
                CSharpSyntaxTree
                    .ParseText(File.ReadAllText(file))
                    .GetRoot()
                    .DescendantNodes()
                    .OfType<TypeDeclarationSyntax>()
                    .Select(type => ($"{ProjectOf(file)}/{NameOf(type)}", type))
            );

    private static string ProjectOf(string file) => SourceFiles.Relative(file).Split(Path.DirectorySeparatorChar)[1];

    private static string NameOf(TypeDeclarationSyntax type) =>
        type.Parent is TypeDeclarationSyntax outer ? $"{NameOf(outer)}.{type.Identifier}" : type.Identifier.Text;

    private static List<MemberDeclarationSyntax> OwnMembers(
        IReadOnlyList<TypeDeclarationSyntax> parts,
        ILookup<string, TypeDeclarationSyntax> interfaces
    )
    {
        var promised = parts.SelectMany(part => Promised(part, interfaces)).ToHashSet();
        return [.. parts.SelectMany(PublicMembers).Where(member => !promised.Contains(NameOf(member)))];
    }

    private static IEnumerable<string> Promised(
        TypeDeclarationSyntax type,
        ILookup<string, TypeDeclarationSyntax> interfaces
    ) =>
        (type.BaseList?.Types ?? [])
            .Select(parent => parent.Type.ToString().Split('<')[0])
            .SelectMany(parent =>
                parent is nameof(IDisposable) or nameof(IAsyncDisposable)
                    ? [nameof(IDisposable.Dispose), nameof(IAsyncDisposable.DisposeAsync)]
                    : interfaces[parent]
                        .SelectMany(found => found.Members.Select(NameOf).Concat(Promised(found, interfaces)))
            );

    private static IEnumerable<MemberDeclarationSyntax> PublicMembers(TypeDeclarationSyntax type) =>
        type.Members.Where(member =>
            Has(member, SyntaxKind.PublicKeyword)
            && !Has(member, SyntaxKind.OverrideKeyword)
            && member is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or OperatorDeclarationSyntax)
        );

    private static bool IsData(IReadOnlyList<MemberDeclarationSyntax> members) =>
        members.All(static member =>
            member is PropertyDeclarationSyntax or FieldDeclarationSyntax or ConstructorDeclarationSyntax
        ) || members.All(IsExtension);

    private static bool IsExtension(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] }
        && first.Modifiers.Any(SyntaxKind.ThisKeyword);

    private static IEnumerable<(string, int)> ParameterLists(string type, TypeDeclarationSyntax syntax)
    {
        if (syntax.ParameterList is { } values && syntax is not RecordDeclarationSyntax)
            yield return (type, Count(values));
        foreach (var member in syntax.Members.OfType<BaseMethodDeclarationSyntax>().Where(IsOurs))
            yield return ($"{type}.{NameOf(member)}", Count(member.ParameterList));
    }

    private static string NameOf(MemberDeclarationSyntax member) =>
        member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            _ => "new",
        };

    private static bool IsOurs(BaseMethodDeclarationSyntax member) =>
        !member
            .AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString() is "LoggerMessage" or "LibraryImport" or "DllImport")
        && !Has(member, SyntaxKind.ExternKeyword);

    private static int Count(ParameterListSyntax list) =>
        list.Parameters.Count(parameter =>
            parameter.Type?.ToString() != nameof(CancellationToken)
            && !parameter
                .AttributeLists.SelectMany(attributes => attributes.Attributes)
                .Any(attribute => attribute.Name.ToString().StartsWith("Caller", StringComparison.Ordinal))
        );

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind modifier) => member.Modifiers.Any(modifier);
}
