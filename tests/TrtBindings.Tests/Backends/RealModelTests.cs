using System.Text.Json;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Models made by others, against what another binding of the same runtime recorded.</summary>
public sealed class RealModelTests
{
    /// <summary>
    /// Files whose outputs have no declared type, or one name twice and a declared shape of 2.3 TiB. The runtime knows
    /// better, and a binding by name does not need the declaration.
    /// </summary>
    private static readonly string[] RecordedOutputs =
    [
        "edge/ort__dup_output_names.onnx",
        "edge/ort__gpt2_past_one_layer.onnx",
        "edge/ort__qdq_with_multi_consumer_q_dq_axis.onnx",
    ];

    [Trait("Category", "Slow")]
    [SkippableFact]
    public void Every_model_that_ran_on_zeros_elsewhere_runs_here_and_gives_the_same_shapes()
    {
        var failures = new List<string>();
        var ran = 0;
        foreach (var (file, signature) in Models())
        {
            if (!signature.GetProperty("ort").TryGetProperty("ranOnZeros", out var zeros) || !zeros.GetBoolean()) continue;
            ran++;
            try
            {
                using var model = UntypedModel.Load(Shared.Require("realmodels/" + file));
                var outputSignature = RecordedOutputs.Contains(file) ? WithRecordedOutputs(model, signature) : model.Signature;
                using var inputs = model.CreateInputsOfSize(1);
                using var outputs = new UntypedModel.Outputs(
                    outputSignature, [.. outputSignature.OutputDimensions.Select(_ => 1L)]);
                foreach (var text in inputs.Tensors.OfType<StringInputTensor>()) text.Span.Fill("0");
                using var engine = OrtBackendSession.Load(model.Source.Path, default, new(0, 0, 99, null));
                using var binding = engine.Bind(inputs.Tensors, outputs.Tensors);
                var previous = "";
                // Three times: made by the runtime, bound and checked, bound.
                for (var run = 0; run < 3; run++)
                {
                    binding.Run(default);
                    failures.AddRange(Differences(outputs, signature).Select(text => $"{file} run {run}: {text}"));
                    var values = Fingerprint(outputs);
                    if (run > 0 && values != previous) failures.Add($"{file} run {run}: {values} after {previous}");
                    previous = values;
                }
            }
            catch (Exception e) when (e is TrtBindingsException or NotSupportedException)
            {
                failures.Add($"{file}: {e.GetType().Name} {e.Message}");
            }
        }

        failures.ShouldBeEmpty();
        ran.ShouldBeGreaterThan(40);
    }

    [SkippableFact]
    public void Every_model_that_the_runtime_refused_elsewhere_is_refused_with_a_typed_error_that_names_it()
    {
        foreach (var (file, signature) in Models())
        {
            var ort = signature.GetProperty("ort");
            // The recording's own binding refused two element types that the runtime itself takes, and it died on int4.
            if (ort.GetProperty("loads").GetBoolean() || OwnRefusal(ort)) continue;
            // A string normalizer with a locale that the machine of the recording lacked. Windows has every locale.
            if (OperatingSystem.IsWindows() && ort.GetProperty("error").GetString()!.Contains("construct locale")) continue;
            var path = Shared.Require("realmodels/" + file);
            var error = Record.Exception(() => UntypedModel.Load(path).Dispose()).ShouldNotBeNull(file);
            error.ShouldBeAssignableTo<TrtBindingsException>($"{file}: {error}");
            error.Message.ShouldContain(Path.GetFileName(path));
        }
    }

    private static bool OwnRefusal(JsonElement ort) =>
        ort.GetProperty("error").GetString() is { } text
        && (text.StartsWith("Unsupported data type", StringComparison.Ordinal)
            || text.StartsWith("process ended", StringComparison.Ordinal));

    private static IEnumerable<(string File, JsonElement Signature)> Models()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Shared.Require("realmodels/SIGNATURES.json")));
        foreach (var model in document.RootElement.GetProperty("models").EnumerateObject())
            yield return (model.Name, model.Value);
    }

    private static ModelSignature WithRecordedOutputs(UntypedModel model, JsonElement signature) => new(
        model.Signature.File,
        model.Signature.Inputs,
        new([.. from output in signature.GetProperty("ort").GetProperty("runOutputs").EnumerateObject()
                let type = output.Value[0].GetString() == "float32" ? ElementType.Float : ElementType.Int8
                select new TensorDescription(output.Name, ValueKind.Tensor, type, SymbolicShape.Unranked, "", "")]));

    private static IEnumerable<string> Differences(UntypedModel.Outputs outputs, JsonElement signature)
    {
        foreach (var recorded in signature.GetProperty("ort").GetProperty("runOutputs").EnumerateObject())
        {
            var expected = string.Join(", ", recorded.Value.EnumerateArray().Skip(1).Select(length => length.GetInt64()));
            var output = outputs.Tensors.Single(tensor => tensor.Name == recorded.Name);
            var actual = string.Join(", ", output.Lengths.ToArray());
            if (actual != expected) yield return $"{recorded.Name} is [{actual}], expected [{expected}]";
        }
    }

    private static string Fingerprint(UntypedModel.Outputs outputs) => string.Join("; ", outputs.Tensors.Select(Fingerprint));

    private static unsafe string Fingerprint(TensorBuffer tensor)
    {
        if (tensor is StringOutputTensor text) return string.Join("|", text.Span.ToArray());
        var bytes = new ReadOnlySpan<byte>((void*)tensor.Address, (int)tensor.ByteLength);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))[..16];
    }
}
