using System.Globalization;

namespace TrtBindings.Cli.Models;

/// <summary>Sizes of the batch, as <c>--batch 1,4,16</c> gives them.</summary>
internal static class BatchList
{
    private const int Most = 65_536;

    /// <summary>Reads the option; none if it is left out.</summary>
    /// <exception cref="UsageException">Not whole numbers of at least 1.</exception>
    public static int[] Parse(string? text)
    {
        if (text is null) return [];
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var sizes = new int[parts.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i])
                || sizes[i] is < 1 or > Most)
                throw new UsageException($"--batch is '{text}', and takes numbers from 1 on, such as 1,4,16.");
        }

        return sizes.Length > 0 ? sizes : throw new UsageException("--batch has no number.");
    }

    /// <summary>The batches that a model runs at; one of 0 for a model whose batch is fixed.</summary>
    /// <exception cref="UsageException">A batch is asked for, and the model's is fixed at another size.</exception>
    public static int[] For(ModelSignature signature, int[] asked, int[] usual)
    {
        if (ModelSizes.BatchOf(signature) >= 0) return asked.Length > 0 ? asked : usual;
        var first = signature.Inputs.Count > 0 && signature.Inputs[0].Shape is { IsRanked: true, Rank: > 0 } shape
            && shape.Dimensions[0].IsFixed ? shape.Dimensions[0].Value : 1;
        foreach (var batch in asked)
            if (batch != first) throw new UsageException($"--batch asks for {batch}, and the model's batch is fixed at {first}.");
        return [0];
    }
}
