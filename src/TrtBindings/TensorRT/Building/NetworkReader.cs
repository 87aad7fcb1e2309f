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
                // TensorRT reads a model with external weights itself, unless it must not see it as it is. It finds the weights
                // beside the path either way.
                if (recipe.ExternalFiles.Count > 0 && !recipe.HasPlaceholders) parser.ParseFromFile(recipe.Source.Path!);
                else parser.Parse(PlaceholderNames.TakenOut(ReadBytes(hash)).Span, recipe.Source.Path);
            }
            catch (TensorRtException e)
            {
                throw errors.NotParsed(parser.Errors, e);
            }

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
}
