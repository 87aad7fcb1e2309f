using System.Runtime.InteropServices;

namespace TrtBindings.Vision;

/// <content>The images of one call, and the size of the model's input for them.</content>
public abstract partial class ImageEngine<TResult>
{
    /// <summary>The images of a list, without a copy if it is an array or a <see cref="List{T}"/>.</summary>
    private protected static ReadOnlySpan<ImageMemory> SpanOf(IReadOnlyList<ImageMemory> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images switch
        {
            List<ImageMemory> list => CollectionsMarshal.AsSpan(list),
            ImageMemory[] array => array,
            _ => images.ToArray(),
        };
    }

    private (int Width, int Height) SharedSize(ReadOnlySpan<ImageMemory> images)
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
