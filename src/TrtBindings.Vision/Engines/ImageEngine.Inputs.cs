namespace TrtBindings.Vision;

/// <content>The size of the model's input for the images of one call.</content>
public abstract partial class ImageEngine<TResult>
{
    private (int Width, int Height) SharedSize(ReadOnlySpan<Image> images)
    {
        var size = (Width: 0, Height: 0);
        for (var i = 0; i < images.Length; i++)
        {
            images[i].View.ThrowIfEmpty();
            var own = InputSizeOf(images[i].Width, images[i].Height);
            if (i > 0 && own != size)
            {
                throw new ImageException($"Image {i} needs an input of {own.Width} x {own.Height}, and the images before it need "
                    + $"{size.Width} x {size.Height}. Run them in separate calls, or have the engine give all images one size.");
            }

            size = own;
        }

        return size;
    }
}
