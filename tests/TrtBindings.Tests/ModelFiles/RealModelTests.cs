using System.Text.Json;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class RealModelTests
{
    private static readonly string[] NotModels =
        ["edge/zero_byte_sceneseg_int8.onnx", "edge/ort__winml_corrupt-model.onnx"];

    [SkippableFact]
    public void Every_real_model_is_described_as_another_implementation_reads_it()
    {
        var root = Shared.Require("realmodels");
        using var signatures = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "SIGNATURES.json")));
        var expected = signatures.RootElement.GetProperty("models");
        var differences = new List<string>();
        var compared = 0;

        foreach (var path in Directory.EnumerateFiles(root, "*.onnx", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            if (NotModels.Contains(name)) continue;
            var ofThis = new List<string>();
            using (var file = File.OpenRead(path))
                Signature.Compare(expected.GetProperty(name).GetProperty("onnx"), OnnxModelReader.Read(file), ofThis);
            differences.AddRange(ofThis.Select(difference => $"{name}: {difference}"));
            compared++;
        }

        differences.ShouldBeEmpty();
        compared.ShouldBe(expected.EnumerateObject().Count() - NotModels.Length);
    }

    [SkippableFact]
    public void The_empty_file_and_the_corrupt_model_are_typed_errors_that_say_what_they_are()
    {
        Error(NotModels[0]).Reason.ShouldContain("empty");
        Error(NotModels[1]).Reason.ShouldContain("text");
    }

    [SkippableFact]
    public void Every_other_file_of_the_folder_is_a_typed_error_or_a_description()
    {
        var root = Shared.Require("realmodels");
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (path.EndsWith(".onnx", StringComparison.Ordinal)) continue;
            using var file = File.OpenRead(path);
            try
            {
                OnnxModelReader.Read(file).ShouldNotBeNull(path);
            }
            catch (OnnxFormatException)
            {
                // A file that is not a model must not cause any other exception.
            }
        }
    }

    private static OnnxFormatException Error(string name)
    {
        using var file = File.OpenRead(Shared.Require("realmodels/" + name));
        return Should.Throw<OnnxFormatException>(() => OnnxModelReader.Read(file));
    }
}
