using System.Globalization;

namespace TrtBindings.Vision.Engines;

/// <summary>The one input of a model that takes pictures, checked, and the sizes that an engine runs it with.</summary>
internal sealed class ImageInput
{
    private readonly int _channelAxis;
    private readonly int _missingAxes;

    /// <param name="channelAxis">Axis of the channels, a batch counted in.</param>
    /// <param name="missingAxes">1 where the model has no batch dimension.</param>
    private ImageInput(int channelAxis, int missingAxes) => (_channelAxis, _missingAxes) = (channelAxis, missingAxes);

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch { get; private init; }

    /// <summary>Whether the model runs <see cref="MaxBatch"/> images every time.</summary>
    public bool IsBatchFixed { get; private init; }

    /// <summary>3, or 1 for brightness.</summary>
    public int Channels { get; private init; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; private init; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; private init; }

    /// <summary>Whether the model leaves its width open.</summary>
    public bool IsWidthOpen { get; private init; }

    /// <summary>Whether the model leaves its height open.</summary>
    public bool IsHeightOpen { get; private init; }

    /// <summary>Whether the channels are the last dimension.</summary>
    public bool IsChannelsLast => _channelAxis == 3;

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">The input is not a picture's, or an option contradicts it.</exception>
    public static ImageInput Of(ModelSignature signature, ModelDescription file, ImageInputRequest request)
    {
        if (signature.Inputs.Count != 1)
        {
            throw new TensorException(signature.File,
                $"'{signature.File}' has {signature.Inputs.Count} inputs; a {request.Family} model has one.");
        }

        var channelAxis = request.IsChannelsLast ? 3 : 1;
        var tensor = signature.Inputs[0];
        var isSingle = request.TakesSingle && tensor.Shape.Rank == 3;
        if (tensor.Kind != ValueKind.Tensor || tensor.ElementType != ElementType.Float
            || (tensor.Shape.Rank != 4 && !isSingle))
        {
            var channels = request.TakesGray ? "channels" : "3";
            throw new TensorException(tensor.Name, $"'{tensor}' must be float "
                + (request.IsChannelsLast ? $"[batch, height, width, {channels}]." : $"[batch, {channels}, height, width]."));
        }

        Dimension[] declared = [.. isSingle ? [Dimension.Fixed(1)] : Array.Empty<Dimension>(), .. tensor.Shape.Dimensions];
        var (height, width) = request.IsChannelsLast ? (declared[1], declared[2]) : (declared[2], declared[3]);
        CheckSize(signature, width, height, request);
        var size = ImageSize(file);
        var input = new ImageInput(channelAxis, isSingle ? 1 : 0)
        {
            MaxBatch = BatchOf(signature, declared[0], request),
            IsBatchFixed = declared[0].IsFixed,
            Channels = ChannelsOf(tensor, declared[channelAxis], request),
            Height = Side(height, request.Height ?? size.Height ?? request.DefaultHeight),
            Width = Side(width, request.Width ?? size.Width ?? request.DefaultWidth),
            IsHeightOpen = !height.IsFixed,
            IsWidthOpen = !width.IsFixed,
        };
        input.CheckLength(tensor, input.Width, input.Height);
        return input;
    }

    /// <summary>The values of dynamic dimensions for a batch of images of a size.</summary>
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

    /// <summary>Refuses what a span does not hold.</summary>
    /// <exception cref="TensorException">Too many elements.</exception>
    public void CheckLength(TensorDescription tensor, int width, int height)
    {
        if ((Int128)Channels * MaxBatch * width * height <= int.MaxValue) return;
        throw new TensorException(tensor.Name, $"{MaxBatch} images of {width} x {height} are more elements than a span "
            + "holds; use a smaller batch or size.");
    }

    private static int ChannelsOf(TensorDescription tensor, Dimension declared, ImageInputRequest request)
    {
        if (!declared.IsFixed || declared.Value == 3) return 3;
        if (declared.Value == 1 && request.TakesGray) return 1;
        throw new TensorException(tensor.Name, $"'{tensor}' must have {(request.TakesGray ? "1 or 3" : "3")} channels.");
    }

    private static int BatchOf(ModelSignature signature, Dimension declared, ImageInputRequest request)
    {
        if (!declared.IsFixed) return request.MaxBatch;
        if (request.MaxBatch <= declared.Value) return checked((int)declared.Value);
        throw new TensorException(signature.Inputs[0].Name, $"MaxBatch is {request.MaxBatch}, but '{signature.File}' was "
            + $"exported for a batch of {declared.Value}. Export it with a dynamic batch, or ask for less.");
    }

    private static int Side(Dimension declared, int otherwise) =>
        declared.IsFixed ? checked((int)declared.Value) : otherwise;

    /// <summary>Names both sizes in full: one side alone does not say which picture a graph was made for.</summary>
    private static void CheckSize(ModelSignature signature, Dimension width, Dimension height, ImageInputRequest request)
    {
        if (Takes(width, request.Width) && Takes(height, request.Height)) return;
        throw new TensorException(signature.Inputs[0].Name,
            $"'{signature.File}' takes {Text(null, width, "any width")} x {Text(null, height, "any height")} (width x height), "
            + $"not {Text(request.Width, width, "any width")} x {Text(request.Height, height, "any height")}. Leave InputWidth "
            + "and InputHeight out, which runs it at its own size, or export it for the other.");
    }

    private static bool Takes(Dimension declared, int? wanted) =>
        !declared.IsFixed || wanted is null || wanted == declared.Value;

    private static string Text(int? wanted, Dimension declared, string any) =>
        wanted is { } side ? $"{side}" : declared.IsFixed ? $"{declared.Value}" : any;

    /// <summary>
    /// Ultralytics' <c>imgsz</c>, the text <c>[height, width]</c>; nothing if it is absent or anything else.
    /// </summary>
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
