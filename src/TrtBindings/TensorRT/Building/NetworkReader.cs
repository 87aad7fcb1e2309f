using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>Parses an .onnx model into a network.</summary>
internal sealed class NetworkReader(EngineRecipe recipe, BuildErrors errors)
{
    /// <summary>Parses the model into an empty network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hash">The model's hash in the cache key; the content that is parsed must have it.</param>
    /// <returns>The parser, whose lists stay valid until it is disposed.</returns>
    /// <exception cref="EngineBuildException">TensorRT refuses the model; the issues name nodes and inputs.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read, or has changed.</exception>
    public TrtParser Read(TrtNetwork network, string hash)
    {
        var parser = recipe.Host.LoadParser().CreateParser(network);
        try
        {
            try
            {
                // A model with external weights may be larger than memory: TensorRT reads it itself.
                if (recipe.ExternalFiles.Count > 0) parser.ParseFromFile(recipe.Source.Path!);
                else parser.Parse(ReadBytes(hash).Span, recipe.Source.Path);
            }
            catch (TensorRtException e)
            {
                throw errors.NotParsed(parser.Errors, e);
            }

            ClearPlaceholders(network);
            return parser;
        }
        catch
        {
            parser.Dispose();
            throw;
        }
    }

    private ReadOnlyMemory<byte> ReadBytes(string hash)
    {
        var bytes = recipe.Source.ReadBytes();
        return ContentHash.Of(bytes.Span) == hash ? bytes : throw ContentHasher.Changed(recipe.Source.Name);
    }

    /// <summary>
    /// Removes placeholder names such as <c>?</c>. TensorRT demands that dimensions of one name are equal, and exporters write
    /// one placeholder for every dimension that they do not know.
    /// </summary>
    private static void ClearPlaceholders(TrtNetwork network)
    {
        for (var i = 0; i < network.NbInputs; i++)
        {
            var input = network.GetInput(i);
            var shape = input.Dimensions;
            for (var axis = 0; axis < (shape.IsValid ? shape.Rank : 0); axis++)
            {
                if (shape[axis] < 0 && input.GetDimensionName(axis) is { } name
                    && Dimension.FromParameter(name).Kind == DimensionKind.Unknown)
                    input.SetDimensionName(axis, null);
            }
        }
    }
}
