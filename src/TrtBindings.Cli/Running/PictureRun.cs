using SkiaSharp;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Running;

/// <summary>Runs pictures through a model's engine.</summary>
internal static class PictureRun
{
    /// <summary>Runs pictures one after the other. One that is broken does not keep the others from being run.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="pictures">The pictures, each with where to draw to.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    public static PictureReport[] RunAll(
        VisionEngine engine, IReadOnlyList<(string Path, string? Overlay)> pictures, CancellationToken cancellation)
    {
        // Of a single picture there is nothing to report but the error.
        if (pictures is [var (path, overlay)]) return [Run(engine, path, overlay, cancellation)];
        return [.. pictures.Select(one => TryRun(engine, one.Path, one.Overlay, cancellation))];
    }

    /// <summary>Runs one picture, and draws what was found if an overlay is asked for.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The picture.</param>
    /// <param name="overlay">Where to draw to; null for nowhere.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    public static PictureReport Run(VisionEngine engine, string path, string? overlay, CancellationToken cancellation)
    {
        using var picture = ImageFile.Read(path);
        var result = engine.Run(picture.AsView(), cancellation);
        if (overlay is not null) Draw(picture, result, engine, overlay);
        var times = engine.LastTimings;
        var map = result.ClassMap;
        return new(path)
        {
            Width = picture.Width,
            Height = picture.Height,
            Objects = map is null && engine.Family.Name != "Classification" ? result.Objects.ToData() : null,
            Classes = engine.Family.Name == "Classification" ? result.Classes.ToData() : null,
            Areas = map is null ? null : AreasOf(engine, map),
            Milliseconds = new(
                times.Preprocess.TotalMilliseconds, times.Inference.TotalMilliseconds, times.Postprocess.TotalMilliseconds),
            Overlay = overlay,
        };
    }

    /// <summary>The file of each picture's overlay: the one that was given, or one of its name in the folder that was
    /// given.</summary>
    /// <exception cref="UsageException">Several pictures and one file, two of one name, or an ending that is no
    /// picture.</exception>
    public static string?[] OverlaysOf(string[] pictures, string? overlay)
    {
        if (overlay is null) return new string?[pictures.Length];
        if (!Directory.Exists(overlay) && pictures.Length == 1)
        {
            if (Path.GetExtension(overlay).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg" or ".webp"))
                throw new UsageException($"--overlay is '{overlay}', and must end with .png, .jpg or .webp, or be a folder.");
            return [overlay];
        }

        if (!Directory.Exists(overlay))
            throw new UsageException($"--overlay is '{overlay}'; for several pictures it must be a folder that is there.");
        var files = Array.ConvertAll(pictures, picture => Path.Combine(
            overlay, Path.GetFileNameWithoutExtension(picture) + ".png"));
        return files.Distinct(StringComparer.Ordinal).Count() == files.Length ? files
            : throw new UsageException("Two pictures have the same name, and their overlays would be one file.");
    }

    /// <summary>
    /// What is wrong with a picture or its drawing is the picture's; what is wrong with the model, the machine or this program
    /// would be with every one.
    /// </summary>
    private static PictureReport TryRun(VisionEngine engine, string path, string? overlay, CancellationToken cancellation)
    {
        try
        {
            return Run(engine, path, overlay, cancellation);
        }
        catch (Exception e) when (e is ImageException or TensorException or IOException or UnauthorizedAccessException)
        {
            return new(path) { Error = Failures.Of(e).Line };
        }
    }

    private static AreaReport[] AreasOf(VisionEngine engine, ClassMap<ClassNumber> map)
    {
        var all = Math.Max(1, (double)map.Width * map.Height);
        return
        [
            .. Enumerable.Range(0, 256).Where(index => map.AreaOfIndex(index) > 0)
                .Select(index => new AreaReport(
                    NameOf(engine, map, index), index, map.AreaOfIndex(index), map.AreaOfIndex(index) / all))
                .OrderByDescending(area => area.Pixels),
        ];
    }

    private static string NameOf(VisionEngine engine, ClassMap<ClassNumber> map, int index)
    {
        var label = index - map.IndexOf(ClassNumber.First);
        if (label >= 0 && label < engine.Labels.Count) return engine.Labels[label];
        return label < 0 ? "background" : $"class {index}";
    }

    private static void Draw(SKBitmap picture, VisionResult result, VisionEngine engine, string path)
    {
        using var drawn = result.ClassMap is { } map
            ? Overlay.Draw(picture, AreasToDraw(engine, map),
                new OverlayOptions { Boxes = false, Coloring = OverlayColoring.Class })
            : result.Classes.Count > 0 ? Overlay.Draw(picture, result.Classes) : Overlay.Draw(picture, result.Objects);
        // Written beside its place and moved there, so that a full disk leaves no half of a picture.
        WholeFile.WriteNamed(path, part => ImageFile.Write(part, drawn));
    }

    /// <summary>A class map as objects that have a mask and a name; its labels have names in the file only.</summary>
    private static LabelledObject[] AreasToDraw(VisionEngine engine, ClassMap<ClassNumber> map) =>
    [
        .. Enumerable.Range(0, 256).Where(index => map.AreaOfIndex(index) > 0)
            .Select(index => (Index: index, Name: NameOf(engine, map, index)))
            .Where(one => !string.Equals(one.Name, "background", StringComparison.OrdinalIgnoreCase))
            .Select(one => new LabelledObject(one.Name, one.Index, 1, new(0, 0, map.Width, map.Height))
            {
                Mask = map.MaskOfIndex(one.Index),
            }),
    ];
}
