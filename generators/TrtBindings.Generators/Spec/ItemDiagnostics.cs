using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Checks an item's metadata as far as no model is needed.</summary>
internal static class ItemDiagnostics
{
    public static DiagnosticInfo Malformed(string path, string attribute, string text, ItemTextException e)
    {
        var rest = e.Position < text.Length ? $"'{text.Substring(e.Position)}'" : "the end";
        return DiagnosticInfo.Of(
            Descriptors.ItemTextMalformed, path, attribute, text, Literals.Number(e.Position + 1), e.Message, rest);
    }

    public static IEnumerable<DiagnosticInfo> Check(string path, ItemMetadata item)
    {
        foreach (var (attribute, text, words) in new[]
                 {
                     ("TrtVisibility", item.Visibility, ItemWords.Visibilities),
                     ("TrtPrecision", item.Precision, ItemWords.Precisions),
                     ("TrtBackend", item.Backend, ItemWords.Backends),
                     ("TrtTask", item.Task, ItemWords.Tasks),
                     ("TrtConvert", item.Convert, ItemWords.Conversions),
                     ("TrtCalibrationMethod", item.CalibrationMethod, ItemWords.CalibrationMethods),
                 })
        {
            if (text.Length > 0 && ItemWords.Find(words, text) is null)
                yield return DiagnosticInfo.Of(
                    Descriptors.ItemWordUnknown, path, attribute, text, string.Join(", ", words.Select(w => $"'{w}'")));
        }

        foreach (var name in item.Cut.Split([','], StringSplitOptions.RemoveEmptyEntries))
            yield return DiagnosticInfo.Of(Descriptors.ItemTextCut, path, name);
        foreach (var name in item.Unknown.Split([','], StringSplitOptions.RemoveEmptyEntries))
            yield return DiagnosticInfo.Of(Descriptors.ItemNameUnknown, path, name);
    }

    /// <summary>Checks the class name and namespace of an item. A wrong one is not used.</summary>
    public static IEnumerable<DiagnosticInfo> CheckNames(string path, ItemMetadata item)
    {
        if (item.Name.Length > 0 && (!Identifiers.IsClassName(item.Name) || !ModelNames.IsFree(item.Name)))
            yield return DiagnosticInfo.Of(Descriptors.ItemNameInvalid, path, "TrtName", item.Name, "the name of a C# class");
        if (item.Namespace.Length > 0 && !Identifiers.IsNamespace(item.Namespace))
            yield return DiagnosticInfo.Of(
                Descriptors.ItemNameInvalid, path, "TrtNamespace", item.Namespace, "a C# namespace");
    }
}
