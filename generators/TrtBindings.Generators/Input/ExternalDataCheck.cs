using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Generators.Input;

/// <summary>Checks that the files with a model's weights exist.</summary>
internal static class ExternalDataCheck
{
    public static IEnumerable<DiagnosticInfo> Check(string model, ModelDescription description)
    {
        foreach (var reference in description.ExternalData)
        {
            var path = ExternalDataPath.Find(model, reference.Location);
            if (path is null)
            {
                yield return DiagnosticInfo.Of(Descriptors.ExternalDataOutside, model, reference.Location);
                continue;
            }

            var length = ExternalDataPath.LengthOf(path);
            if (length is null)
                yield return DiagnosticInfo.Of(Descriptors.ExternalDataMissing, model, reference.Location);
            else if (length < reference.RequiredLength)
            {
                yield return DiagnosticInfo.Of(
                    Descriptors.ExternalDataTooShort, model, reference.Location,
                    Literals.Number(length.Value), Literals.Number(reference.RequiredLength));
            }
        }
    }
}
