using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>Fills a network from an .onnx model.</summary>
internal sealed class NetworkReader(TensorRtHost host, ModelContent model, BuildErrors errors)
{
    /// <summary>Parses the model into an empty network.</summary>
    /// <returns>The parser, whose lists stay valid until it is disposed.</returns>
    /// <exception cref="EngineBuildException">TensorRT refuses the model; the issues name nodes and inputs.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read.</exception>
    public TrtParser Read(TrtNetwork network)
    {
        var parser = ParserOf(host).CreateParser(network);
        try
        {
            try
            {
                // A file with weights beside it may be larger than memory has room for twice; others are read here, so that
                // the bytes are those whose hash is in the cache's key.
                if (model is { Path: { } path, ExternalFiles.Count: > 0 }) parser.ParseFromFile(path);
                else parser.Parse(model.ReadBytes().Span, model.Path);
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

    /// <summary>The parser that lies beside the libnvinfer in use.</summary>
    /// <exception cref="NativeLibraryException">It is missing or unusable.</exception>
    public static TrtParserLibrary ParserOf(TensorRtHost host)
    {
        if (host.Installation.Parser is { } path) return TrtParserLibrary.Load(host.Library, path);
        var name = TrtFileNames.OfThisSystem.Of(TrtParserLibrary.PlainName, host.Library.Version.Major);
        throw new NativeLibraryException(TrtParserLibrary.PlainName, $"TensorRT {host.Library.Version} cannot read .onnx models "
            + $"without {name}, which is not in '{host.Installation.Folder}' beside the libnvinfer in use. The package that has "
            + "libnvinfer has it too: install it again. Ready engines run without it.",
            [Path.Combine(host.Installation.Folder, name), .. host.Installation.PassedOver]);
    }

    /// <summary>
    /// TensorRT demands that dimensions of one name are equal, and exporters write one placeholder for all that they do not
    /// know.
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
