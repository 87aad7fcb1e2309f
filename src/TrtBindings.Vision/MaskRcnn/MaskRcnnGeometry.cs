namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Position of an image in a Mask R-CNN's input, and the scale of boxes.</summary>
/// <param name="ImageWidth">Width of the image.</param>
/// <param name="ImageHeight">Height of the image.</param>
/// <param name="Placement">Position and size of the scaled image.</param>
/// <param name="ScaleX">Factor from a box's x to pixels of the image.</param>
/// <param name="ScaleY">Factor from a box's y to pixels of the image.</param>
internal readonly record struct MaskRcnnGeometry(
    int ImageWidth, int ImageHeight, InputPlacement Placement, float ScaleX, float ScaleY)
{
    /// <summary>Works out the geometry of an image.</summary>
    /// <exception cref="TensorException">The model does not take an image of this size.</exception>
    public static MaskRcnnGeometry Of(MaskRcnnLayout layout, int width, int height) => layout.Form switch
    {
        MaskRcnnForm.Torchvision => Whole(layout, width, height),
        MaskRcnnForm.FixedSlots => Fitted(layout.Input, width, height),
        MaskRcnnForm.OnnxZoo => Zoo(layout, width, height),
        _ => Detectron(layout, width, height),
    };

    /// <summary>Converts a box to pixels of the image.</summary>
    public Box ToImage(Box box) => new(box.X1 * ScaleX, box.Y1 * ScaleY, box.X2 * ScaleX, box.Y2 * ScaleY);

    /// <summary>The graph resizes, so the input is the image as it is.</summary>
    private static MaskRcnnGeometry Whole(MaskRcnnLayout layout, int width, int height)
    {
        layout.CheckPicture(width, height);
        return new(width, height, new(width, height, width, height), 1, 1);
    }

    private static MaskRcnnGeometry Fitted(ImageInput input, int width, int height)
    {
        var (newWidth, newHeight) = ImageSides.Fitted(width, height, input.Width, input.Height);
        return new(
            width, height, new(input.Width, input.Height, newWidth, newHeight), width / (float)newWidth,
            height / (float)newHeight);
    }

    /// <summary>One factor for both axes, before rounding, as in the zoo's sample.</summary>
    private static MaskRcnnGeometry Zoo(MaskRcnnLayout layout, int width, int height)
    {
        var (shorter, longer) = (layout.ShorterSide, layout.LongerSide);
        var (newWidth, newHeight) = ImageSides.Truncated(width, height, shorter, longer);
        var ratio = Math.Max(Math.Min(width, height) / (double)shorter, Math.Max(width, height) / (double)longer);
        if (layout.IsCanvas && (newWidth > layout.Input.Width || newHeight > layout.Input.Height))
        {
            (newWidth, newHeight) = ImageSides.Fitted(width, height, layout.Input.Width, layout.Input.Height);
            ratio = Math.Max(height / (double)layout.Input.Height, width / (double)layout.Input.Width);
        }

        return new(width, height, PlaceIn(layout, newWidth, newHeight), (float)ratio, (float)ratio);
    }

    private static MaskRcnnGeometry Detectron(MaskRcnnLayout layout, int width, int height)
    {
        var (newWidth, newHeight) = ImageSides.Rounded(width, height, layout.ShorterSide, layout.LongerSide);
        if (layout.IsCanvas && (newWidth > layout.Input.Width || newHeight > layout.Input.Height))
            (newWidth, newHeight) = ImageSides.Fitted(width, height, layout.Input.Width, layout.Input.Height);
        var placement = PlaceIn(layout, newWidth, newHeight);
        if (layout.Form == MaskRcnnForm.Detectron2)
            return new(width, height, placement, (float)(width / (double)newWidth), (float)(height / (double)newHeight));
        // NVIDIA's sample uses the larger factor for both axes; its boxes are shares of the input.
        var scale = Math.Max(newHeight / (double)height, newWidth / (double)width);
        return new(
            width, height, placement, (float)(placement.InputWidth / scale), (float)(placement.InputHeight / scale));
    }

    /// <summary>
    /// Places the image at the top left of the model's size, or of a size made for the image, which Detectron2 pads in the
    /// graph.
    /// </summary>
    private static InputPlacement PlaceIn(MaskRcnnLayout layout, int width, int height)
    {
        if (layout.IsCanvas) return new(layout.Input.Width, layout.Input.Height, width, height);
        return layout.Form == MaskRcnnForm.OnnxZoo
            ? new(ImageSides.Padded(width), ImageSides.Padded(height), width, height)
            : new(width, height, width, height);
    }
}
