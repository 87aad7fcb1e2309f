using System.CommandLine;
using TrtBindings.Cli.Models;
using TrtBindings.Conversion;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Converting;

/// <summary>Pictures as samples of a model: the engine of its family prepares them, over a model that never runs.</summary>
internal static class PictureSamples
{
    /// <summary>The pictures of a folder and the folders in it, by path.</summary>
    /// <exception cref="UsageException">It has none.</exception>
    public static string[] Find(string folder)
    {
        var pictures = PictureFiles.In(folder);
        return pictures.Length > 0 ? pictures
            : throw new UsageException($"The folder '{folder}' has no pictures ({string.Join(", ", PictureFiles.Endings)}).");
    }

    /// <summary>A sample for each picture, made when it is asked for.</summary>
    /// <param name="file">The model.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="vision">The options of the command.</param>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="UsageException">
    /// A picture cannot be used. Ranges of a part of the pictures are not those that were asked for, so none is passed over.
    /// </exception>
    public static IEnumerable<ModelSample> Of(string file, string[] pictures, VisionOptionSet vision, ParseResult arguments)
    {
        var model = RecordingModel.Of(file);
        using var engine = vision.CreateEngine(arguments, model);
        foreach (var picture in pictures) yield return Sample(engine, model, picture);
    }

    private static ModelSample Sample(VisionEngine engine, RecordingModel model, string path)
    {
        try
        {
            using var picture = ImageFile.Read(path);
            return model.Record(engine, picture.AsImage());
        }
        catch (TensorException e)
        {
            throw new UsageException($"The picture '{path}' cannot be used: {e.Message}");
        }
    }
}
