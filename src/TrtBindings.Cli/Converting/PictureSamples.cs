using System.CommandLine;
using TrtBindings.Cli.Models;
using TrtBindings.Conversion;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Converting;

/// <summary>Pictures as samples of a model: the engine of its family prepares them, over a model that never runs.</summary>
/// <param name="file">The model.</param>
/// <param name="vision">The options of the command.</param>
/// <param name="arguments">The command line.</param>
internal sealed class PictureSamples(string file, VisionOptionSet vision, ParseResult arguments) : IDisposable
{
    private RecordingModel? _model;
    private VisionEngine? _engine;

    /// <summary>The pictures of a folder and the folders in it, by path.</summary>
    /// <exception cref="UsageException">It has none.</exception>
    public static string[] Find(string folder)
    {
        var pictures = PictureFiles.In(folder);
        return pictures.Length > 0 ? pictures
            : throw new UsageException($"The folder '{folder}' has no pictures ({string.Join(", ", PictureFiles.Endings)}).");
    }

    /// <summary>A sample for each picture, made when it is asked for. How many there are is known before.</summary>
    /// <exception cref="UsageException">
    /// A picture cannot be used. Ranges of a part of the pictures are not those that were asked for, so none is passed over.
    /// </exception>
    public IEnumerable<ModelSample> Of(string[] pictures) => pictures.Select(Sample);

    public void Dispose() => _engine?.Dispose();

    private ModelSample Sample(string path)
    {
        _model ??= RecordingModel.Of(file);
        _engine ??= vision.CreateEngine(arguments, _model);
        try
        {
            using var picture = ImageFile.Read(path);
            return _model.Record(_engine, picture.AsImage());
        }
        catch (TensorException e)
        {
            throw new UsageException($"The picture '{path}' cannot be used: {e.Message}");
        }
    }
}
