using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.Graphs.Conversion;

/// <summary>Tries a converted model before it gets its name.</summary>
internal static class ResultCheck
{
    private static readonly (GraphOptimizationLevel Level, string Name)[] Levels =
    [
        (GraphOptimizationLevel.ORT_DISABLE_ALL, "without optimization"),
        (GraphOptimizationLevel.ORT_ENABLE_BASIC, "with basic optimization"),
        (GraphOptimizationLevel.ORT_ENABLE_EXTENDED, "with extended optimization"),
        (GraphOptimizationLevel.ORT_ENABLE_ALL, "with all optimization"),
    ];

    /// <summary>Loads a model at every level, and runs it on a sample if there is one.</summary>
    /// <param name="source">The model that it was made from.</param>
    /// <param name="path">The file to try.</param>
    /// <param name="what">What the file is, for the report.</param>
    /// <param name="sample">Inputs, or <see langword="null"/>.</param>
    /// <param name="steps">Gets every level, and ends the work.</param>
    /// <param name="allLevels">False to try it only as it is.</param>
    /// <returns>One line for the report for each level.</returns>
    /// <exception cref="ModelConversionException">
    /// It does not load, does not run, or gives NaN where the source gives none.
    /// </exception>
    public static IEnumerable<string> Run(
        string source, string path, string what, ModelSample? sample, ConversionSteps steps, bool allLevels = true)
    {
        var before = new Dictionary<string, int>();
        if (sample is not null)
        {
            try
            {
                using var model = OrtModel.Load(source, GraphOptimizationLevel.ORT_ENABLE_ALL);
                model.Run(sample, null, (output, values) => before[output] = CountNaN(values), steps.Cancellation);
            }
            catch (OrtFailure e)
            {
                throw NotRun(source, e);
            }
        }

        var levels = allLevels ? Levels : Levels[..1];
        steps.Begin(ConversionPhase.Checking, levels.Length);
        foreach (var (level, name) in levels)
        {
            string? bad = null;
            steps.Cancellation.ThrowIfCancellationRequested();
            try
            {
                using var model = OrtModel.Load(path, level);
                if (sample is not null)
                {
                    model.Run(sample, null, (output, values) =>
                    {
                        if (before.GetValueOrDefault(output) == 0 && CountNaN(values) > 0) bad = output;
                    }, steps.Cancellation);
                }
            }
            catch (OrtFailure e)
            {
                var failure = Failed(source, $"ONNX Runtime refuses {what} {name}: {e.Message}", e);
                failure.IsOptimizer = level != GraphOptimizationLevel.ORT_DISABLE_ALL;
                throw failure;
            }

            if (bad is not null) throw Failed(source, $"The output '{bad}' of {what} has NaN {name}, and the source has none.",
                null);
            steps.Next();
            yield return $"{what} {(sample is null ? "loads" : "loads and runs")} {name}";
        }
    }

    /// <summary>The model itself does not run on a sample: the sample is wrong, and not the result.</summary>
    public static ModelConversionException NotRun(string model, OrtFailure failure) => new(model,
        $"ONNX Runtime cannot run '{model}' on the samples: {failure.Message} Correct ConversionOptions.Samples, or leave them "
        + "out.", failure);

    private static int CountNaN(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values)
            if (float.IsNaN(value)) count++;
        return count;
    }

    /// <summary>Loads a model whose types ONNX Runtime knows but for which the CPU has no code.</summary>
    /// <returns>The line for the report.</returns>
    /// <exception cref="ModelConversionException">A type in it is wrong.</exception>
    public static string LoadTypes(string source, string path)
    {
        try
        {
            using var model = OrtModel.Load(path, GraphOptimizationLevel.ORT_DISABLE_ALL);
            return "the file loads";
        }
        catch (OrtFailure e) when (e.IsMissingKernel)
        {
            return "every type in the file is right; the CPU has no code for all of its nodes";
        }
        catch (OrtFailure e)
        {
            throw Failed(source, $"ONNX Runtime refuses the result: {e.Message}", e);
        }
    }

    /// <summary>True if ONNX Runtime loads the file at all; custom operators and broken models do not.</summary>
    public static bool Loads(string path, out string reason)
    {
        reason = "";
        try
        {
            using var model = OrtModel.Load(path, GraphOptimizationLevel.ORT_DISABLE_ALL);
            return true;
        }
        catch (OrtFailure e)
        {
            reason = e.Message;
            return false;
        }
    }

    private static ModelConversionException Failed(string source, string what, Exception? cause) => new(source,
        $"The conversion of '{source}' failed, and nothing was written. {what} Keep the node that it names in 32 bits with "
        + "ConversionOptions.KeepNodes or KeepOperators.", cause);
}
