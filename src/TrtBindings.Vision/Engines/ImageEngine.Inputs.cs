using System.Runtime.InteropServices;

namespace TrtBindings.Vision;

/// <content>The images of one call, and the size of the model's input for them.</content>
public abstract partial class ImageEngine<TResult>
{
    /// <summary>The images of a list, without a copy if it is an array or a <see cref="List{T}"/>.</summary>
    private protected static ReadOnlySpan<T> SpanOf<T>(IReadOnlyList<T> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images switch
        {
            List<T> list => CollectionsMarshal.AsSpan(list),
            T[] array => array,
            _ => images.ToArray(),
        };
    }

    private (int Width, int Height) SharedSize<TPictures>(scoped in TPictures pictures)
        where TPictures : IPictures, allows ref struct
    {
        var size = (Width: 0, Height: 0);
        for (var i = 0; i < pictures.Count; i++)
        {
            var (width, height) = pictures.SizeOf(i);
            var own = InputSizeOf(width, height);
            if (i > 0 && own != size)
            {
                throw new ImageException($"Image {i} needs an input of {own.Width} x {own.Height}, and the images before it need "
                    + $"{size.Width} x {size.Height}. Run them in separate calls, or have the engine give all images one size.");
            }

            size = own;
        }

        return size;
    }

    /// <summary>Sets the sizes of a call, and reads the pixels of its pictures.</summary>
    private void Prepare<TPictures>(EngineSlot<TResult> slot, scoped in TPictures pictures)
        where TPictures : IPictures, allows ref struct
    {
        Begin();
        if (pictures.AreOnGpu && !_slots.Places.Preprocesses)
        {
            throw new ProcessingException("The images are on the GPU, but this engine prepares images on the processor: "
                + $"{string.Join("; ", Processing.Reasons)}. Copy them to the host, or remove the reason.", Processing.Reasons);
        }

        slot.Runner.Start(pictures.Count);
        slot.Runner.Resize(SharedSize(pictures));
        if (slot.Gpu is { } gpu) Prepare(gpu, pictures);
        else for (var i = 0; i < pictures.Count; i++) Load(pictures.ViewAt(i), i);
        pictures.KeepAlive();
    }

    /// <summary>The same where a half of the work, or all of it, is done on the GPU.</summary>
    private void Prepare<TPictures>(GpuSlot<TResult> gpu, scoped in TPictures pictures)
        where TPictures : IPictures, allows ref struct
    {
        gpu.Start();
        for (var i = 0; i < pictures.Count; i++)
        {
            if (pictures.AreOnGpu) gpu.Add(pictures.GpuAt(i), i);
            else gpu.Add(pictures.ViewAt(i), i);
        }

        gpu.Reserve();
        for (var i = 0; i < pictures.Count; i++)
        {
            if (!pictures.AreOnGpu) gpu.Load(pictures.ViewAt(i), pictures.MemoryAt(i), i);
            if (!_slots.Places.Preprocesses) Load(pictures.ViewAt(i), i);
            if (_slots.Places.Postprocesses) continue;
            var (width, height) = pictures.SizeOf(i);
            Place(width, height, i);
        }
    }
}
