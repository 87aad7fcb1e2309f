using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Tests.ModelFiles;

namespace TrtBindings.Benchmarks;

/// <summary>Compares descriptions of real models with those of another implementation.</summary>
internal static class DescriptionRows
{
    private const string What = "descriptions of ../shared/realmodels equal SIGNATURES.json";
    private const string WhatBroken = "  files that are no models give the typed error";

    private static readonly string[] NotModels =
        ["edge/zero_byte_sceneseg_int8.onnx", "edge/ort__winml_corrupt-model.onnx"];

    public static IEnumerable<Row> Measure()
    {
        if (TestPaths.FindShared("realmodels/SIGNATURES.json") is not { } signatures)
        {
            yield return Row.NotRun(What, "../shared is not there");
            yield return Row.NotRun(WhatBroken, "../shared is not there");
            yield break;
        }

        var root = Path.GetDirectoryName(signatures)!;
        using var expected = JsonDocument.Parse(File.ReadAllBytes(signatures));
        var (equal, total) = (0, 0);
        foreach (var model in expected.RootElement.GetProperty("models").EnumerateObject())
        {
            if (NotModels.Contains(model.Name)) continue;
            total++;
            var differences = new List<string>();
            using var file = File.OpenRead(Path.Combine(root, model.Name));
            Signature.Compare(model.Value.GetProperty("onnx"), OnnxModelReader.Read(file), differences);
            if (differences.Count == 0) equal++;
        }

        yield return Row.All(What, equal, total);
        var errors = NotModels.Count(name => IsTypedError(Path.Combine(root, name)));
        yield return Row.All(WhatBroken, errors, NotModels.Length);
    }

    private static bool IsTypedError(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            OnnxModelReader.Read(file);
            return false;
        }
        catch (OnnxFormatException)
        {
            return true;
        }
    }
}
