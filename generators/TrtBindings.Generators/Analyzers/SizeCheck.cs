using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Checks constants for dynamic dimensions against the model, then against the declared profiles.</summary>
internal static class SizeCheck
{
    public static void Check(OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol attribute)
    {
        var sizes = new List<(DimensionSizes Allowed, Constant Written, long Size)>();
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (DimensionSizes.Of(parameter, attribute) is { } dimension
                && Constant.Of(call.Arguments, parameter) is { Value: { } size } written)
                sizes.Add((dimension, written, size));
        }

        var refused = sizes.Where(s => s.Size < s.Allowed.Minimum || s.Size > s.Allowed.Maximum).ToArray();
        foreach (var (dimension, written, size) in refused)
            Findings.Report(
                context, Descriptors.SizeRefused, written.Syntax, dimension.Nearest(size),
                dimension.Name, dimension.Allowed, Literals.Number(size));
        // A size that the model refuses is not reported for the profiles as well.
        CheckProfiles(context, [.. sizes.Except(refused)]);
    }

    private static void CheckProfiles(
        OperationAnalysisContext context, List<(DimensionSizes Allowed, Constant Written, long Size)> sizes)
    {
        var profiles = sizes.Count == 0 ? 0 : sizes.Min(s => s.Allowed.Profiles.Length);
        if (profiles == 0) return;
        var outside = Enumerable.Range(0, profiles)
            .Select(p => sizes.Where(s => !Contains(s.Allowed.Profiles[p], s.Size)).ToArray()).ToArray();
        if (outside.Any(s => s.Length == 0)) return;
        var inNone = sizes.Where(s => s.Allowed.Profiles.All(p => !Contains(p, s.Size))).ToArray();
        foreach (var (dimension, written, size) in inNone)
            Report(dimension, written, "outside", size, dimension.Nearest(size));
        if (inNone.Length > 0) return;
        // Each size is in some profile, but no profile has them all. Only the author knows which is wrong, so there is no fix.
        foreach (var (dimension, written, size) in outside.OrderBy(s => s.Length).First())
            Report(dimension, written, "in no profile together with the other sizes", size, null);

        void Report(DimensionSizes dimension, Constant written, string where, long size, long? nearest) => Findings.Report(
            context, Descriptors.SizeOutsideProfiles, written.Syntax, nearest,
            dimension.Name, dimension.Declared, Literals.Number(size), where);
    }

    private static bool Contains((long Minimum, long Maximum) range, long size) => size >= range.Minimum && size <= range.Maximum;
}
