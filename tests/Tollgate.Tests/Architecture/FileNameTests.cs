using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Architecture;

/// <summary>A type is found by its name, and so is a part of it: <c>Type.Part.cs</c>.</summary>
public class FileNameTests
{
    /// <summary>
    /// Files with variants of one thing, none of which is more than the others: a mask for each width of a register.
    /// </summary>
    private static readonly string[] Variants = ["SeparatorMasks"];

    [Fact]
    public void Each_file_is_named_after_a_type_in_it()
    {
        var misnamed = SourceFiles
            .CSharp("src", "tests", "bench", "samples")
            .Select(file => (File: file, Name: Path.GetFileNameWithoutExtension(file).Split('.')[0]))
            .Where(source => !Variants.Contains(source.Name) && !IsNamedAfterType(source.File, source.Name))
            .Select(source => SourceFiles.Relative(source.File));

        misnamed.ShouldBeEmpty();
    }

    /// <summary>Top-level statements and attributes of an assembly have no type of their own.</summary>
    private static bool IsNamedAfterType(string file, string name)
    {
        var types = CSharpSyntaxTree
            .ParseText(File.ReadAllText(file))
            .GetRoot()
            .DescendantNodes()
            .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(static node =>
                node is BaseTypeDeclarationSyntax type
                    ? type.Identifier.Text
                    : ((DelegateDeclarationSyntax)node).Identifier.Text
            )
            .ToList();
        return name == "Program" || types.Count == 0 || types.Contains(name);
    }
}
