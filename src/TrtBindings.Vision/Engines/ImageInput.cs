using System.Globalization;

namespace TrtBindings.Vision.Engines;

/// <summary>The image input of a model, checked, and the sizes that an engine runs it with.</summary>
internal sealed class ImageInput
{
    private const int DefaultStride = 32;

    private readonly int _channelAxis;
    private readonly int _missingAxes;

    /// <param name="channelAxis">Axis of the channels in [batch, ...].</param>
    /// <param name="missingAxes">1 if the model has no batch dimension.</param>
    private ImageInput(int channelAxis, int missingAxes) => (_channelAxis, _missingAxes) = (channelAxis, missingAxes);

    /// <summary>Why the model does not run at a width and height that it declares; <see langword="null"/> if it does.</summary>
    private Func<int, int, string?>? SizeProblem { get; init; }

    /// <summary>The most images that one call takes.</summary>
    public int MaxBatch { get; private init; }

    /// <summary>Why <see cref="MaxBatch"/> is not more, and what raises it.</summary>
    public string BatchReason { get; private init; } = "";

    /// <summary>Whether the model always runs <see cref="MaxBatch"/> images.</summary>
    public bool IsBatchFixed { get; private init; }

    /// <summary>3, or 1 for grey.</summary>
    public int Channels { get; private init; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; private init; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; private init; }

    /// <summary>Whether the model's width is dynamic.</summary>
    public bool IsWidthOpen { get; private init; }

    /// <summary>Whether the model's height is dynamic.</summary>
    public bool IsHeightOpen { get; private init; }

    /// <summary>
    /// Multiple that each image is padded to, within <see cref="Width"/> and <see cref="Height"/>; 0 if all images have that
    /// size.
    /// </summary>
    public int Stride { get; private init; }

    /// <summary>Whether the channels are the last dimension.</summary>
    public bool IsChannelsLast => _channelAxis == 3;

    /// <summary>Combines what the model declares with what the options ask for.</summary>
    /// <param name="model">A model whose rule has checked that its one input is an image.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="defaultSide">Width and height if neither the model nor the options say one.</param>
    /// <param name="isChannelsLast">Whether the input is [batch, height, width, channels].</param>
    /// <param name="oneImageReason">Why the model takes one image at a time; <see langword="null"/> if it takes more.</param>
    /// <param name="isRectangular">Whether images are padded to the model's stride only, where its size is dynamic.</param>
    /// <param name="sizeProblem">Why the model does not run at a width and height, as the family knows it.</param>
    /// <exception cref="TensorException">An option contradicts the model.</exception>
    public static ImageInput Of(
        IRunnableModel model, EngineOptions options, int defaultSide = 640, bool isChannelsLast = false,
        string? oneImageReason = null, bool isRectangular = false, Func<int, int, string?>? sizeProblem = null)
    {
        var signature = model.Signature;
        var tensor = signature.Inputs[0];
        var missingAxes = 4 - tensor.Shape.Rank;
        Dimension[] declared = [.. Enumerable.Repeat(Dimension.Fixed(1), missingAxes), .. tensor.Shape.Dimensions];
        var (batch, channelAxis) = (declared[0], isChannelsLast ? 3 : 1);
        var (height, width) = isChannelsLast ? (declared[1], declared[2]) : (declared[2], declared[3]);
        CheckSize(signature, width, height, options);
        var size = ImageSize(model.Description);
        var stride = UltralyticsSays.Stride(model.Description);
        var isOpen = !height.IsFixed && !width.IsFixed;
        var input = new ImageInput(channelAxis, missingAxes)
        {
            MaxBatch = BatchOf(model, batch, options.MaxBatch, oneImageReason),
            BatchReason = oneImageReason ?? (batch.IsFixed ? "The model was exported for that batch."
                : $"{options.GetType().Name}.MaxBatch sets the limit."),
            IsBatchFixed = batch.IsFixed,
            Channels = declared[channelAxis].IsFixed ? (int)declared[channelAxis].Value : 3,
            Height = Side(height, options.InputHeight ?? size.Height ?? defaultSide),
            Width = Side(width, options.InputWidth ?? size.Width ?? defaultSide),
            IsHeightOpen = !height.IsFixed,
            IsWidthOpen = !width.IsFixed,
            Stride = isRectangular && isOpen ? stride ?? DefaultStride : 0,
            SizeProblem = height.IsFixed && width.IsFixed ? null
                : (wide, high) => StrideProblem(stride, wide, high) ?? sizeProblem?.Invoke(wide, high),
        };
        input.CheckSize(tensor, input.Width, input.Height);
        return input;
    }

    /// <summary>The size of the input for an image.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    public (int Width, int Height) SizeOf(int imageWidth, int imageHeight)
    {
        if (Stride == 0) return (Width, Height);
        var geometry = LetterboxGeometry.FitStride(imageWidth, imageHeight, Width, Height, Stride);
        return (geometry.InputWidth, geometry.InputHeight);
    }

    /// <summary>Writes the values of dynamic dimensions for a batch of images of a size.</summary>
    public void FillValues(IReadOnlyList<DynamicDimension> dimensions, int batch, int width, int height, Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var axis = dimensions[i].Axis + _missingAxes;
            values[i] = axis == 0 ? batch
                : axis == _channelAxis ? Channels
                : axis == (IsChannelsLast ? 1 : 2) ? height
                : width;
        }
    }

    /// <exception cref="TensorException">
    /// The model does not run at this size, or a full batch of it has more elements than a span holds.
    /// </exception>
    public void CheckSize(TensorDescription tensor, int width, int height)
    {
        if (SizeProblem?.Invoke(width, height) is { } problem)
            throw new TensorException(tensor.Name, $"'{tensor}' cannot be {width} x {height} (width x height): {problem}");
        CheckLength(tensor, width, height);
    }

    /// <exception cref="TensorException">A full batch of this size has more elements than a span holds.</exception>
    public void CheckLength(TensorDescription tensor, int width, int height)
    {
        if ((Int128)Channels * MaxBatch * width * height <= int.MaxValue) return;
        throw new TensorException(tensor.Name, $"{MaxBatch} images of {width} x {height} have more elements than a span "
            + "holds; use a smaller batch or size.");
    }

    private static int BatchOf(IRunnableModel model, Dimension declared, int wanted, string? oneImageReason)
    {
        var signature = model.Signature;
        if (oneImageReason is not null && wanted > 1)
            throw new TensorException("batch", $"MaxBatch is {wanted}. {oneImageReason}");
        if (!declared.IsFixed && UltralyticsSays.SuppressedBatch(model.Description) is { } most && wanted > most)
        {
            throw new TensorException(signature.Inputs[0].Name, $"MaxBatch is {wanted}, but the suppression inside "
                + $"'{signature.File}' was exported for a batch of {most} and finds nothing in the images after it. Export the "
                + "model with a larger batch, or lower MaxBatch.");
        }

        if (!declared.IsFixed) return wanted;
        if (wanted <= declared.Value) return checked((int)declared.Value);
        throw new TensorException(signature.Inputs[0].Name, $"MaxBatch is {wanted}, but '{signature.File}' was "
            + $"exported for a batch of {declared.Value}. Export it with a dynamic batch, or lower MaxBatch.");
    }

    /// <summary>A grid of another size does not fit the next one, which the model's graph finds out when it runs.</summary>
    private static string? StrideProblem(int? stride, int width, int height) =>
        stride is not { } side || (width % side == 0 && height % side == 0) ? null
            : $"its metadata says that both must be multiples of its stride, {side}.";

    private static int Side(Dimension declared, int otherwise) =>
        declared.IsFixed ? checked((int)declared.Value) : otherwise;

    /// <summary>The message names both sides: one of them does not tell which input the model was exported for.</summary>
    private static void CheckSize(ModelSignature signature, Dimension width, Dimension height, EngineOptions options)
    {
        if (Takes(width, options.InputWidth) && Takes(height, options.InputHeight)) return;
        throw new TensorException(signature.Inputs[0].Name,
            $"'{signature.File}' takes {Text(null, width, "any width")} x {Text(null, height, "any height")} (width x height), "
            + $"not {Text(options.InputWidth, width, "any width")} x {Text(options.InputHeight, height, "any height")}. Leave "
            + "InputWidth and InputHeight out to run it at its own size, or export it for the other size.");
    }

    private static bool Takes(Dimension declared, int? wanted) =>
        !declared.IsFixed || wanted is null || wanted == declared.Value;

    private static string Text(int? wanted, Dimension declared, string any) =>
        wanted is { } side ? $"{side}" : declared.IsFixed ? $"{declared.Value}" : any;

    /// <summary>Ultralytics' <c>imgsz</c>, the text <c>[height, width]</c>; nothing if it is absent or anything else.</summary>
    private static (int? Height, int? Width) ImageSize(ModelDescription file)
    {
        var text = file.FindMetadata("imgsz")?.Trim().Trim('[', ']', '(', ')');
        var parts = text?.Split(',', StringSplitOptions.TrimEntries);
        return parts is { Length: 2 } && TrySide(parts[0], out var height) && TrySide(parts[1], out var width)
            ? (height, width)
            : (null, null);
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side > 0;
}
