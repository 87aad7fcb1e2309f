namespace TrtBindings.Vision.Engines;

/// <summary>The pictures of one call.</summary>
internal interface IPictures
{
    /// <summary>Number of pictures.</summary>
    int Count { get; }

    /// <summary>Width and height of a picture.</summary>
    /// <exception cref="ImageException">It is a default value.</exception>
    (int Width, int Height) SizeOf(int index);

    /// <summary>Whether the pictures are on the GPU.</summary>
    bool AreOnGpu { get; }

    /// <summary>A picture in host memory.</summary>
    ImageView ViewAt(int index);

    /// <summary>The same, if it can be kept; otherwise a default value.</summary>
    ImageMemory MemoryAt(int index);

    /// <summary>A picture on the GPU.</summary>
    GpuImage GpuAt(int index);

    /// <summary>Keeps the owners of native memory from being collected up to this call.</summary>
    void KeepAlive();
}

/// <summary>One picture in host memory.</summary>
internal readonly ref struct OnePicture(ImageView image) : IPictures
{
    private readonly ImageView _image = image;

    public int Count => 1;

    public (int Width, int Height) SizeOf(int index)
    {
        _image.ThrowIfEmpty();
        return (_image.Width, _image.Height);
    }

    public bool AreOnGpu => false;

    public ImageView ViewAt(int index) => _image;

    public ImageMemory MemoryAt(int index) => default;

    public GpuImage GpuAt(int index) => default;

    public void KeepAlive()
    {
    }
}

/// <summary>Pictures in host memory.</summary>
internal readonly ref struct ManyPictures(ReadOnlySpan<ImageMemory> images) : IPictures
{
    private readonly ReadOnlySpan<ImageMemory> _images = images;

    public int Count => _images.Length;

    public (int Width, int Height) SizeOf(int index)
    {
        _images[index].View.ThrowIfEmpty();
        return (_images[index].Width, _images[index].Height);
    }

    public bool AreOnGpu => false;

    public ImageView ViewAt(int index) => _images[index];

    public ImageMemory MemoryAt(int index) => _images[index];

    public GpuImage GpuAt(int index) => default;

    public void KeepAlive()
    {
        foreach (var image in _images) image.KeepAlive();
    }
}

/// <summary>Pictures on the GPU.</summary>
internal readonly ref struct GpuPictures(ReadOnlySpan<GpuImage> images) : IPictures
{
    private readonly ReadOnlySpan<GpuImage> _images = images;

    public int Count => _images.Length;

    public (int Width, int Height) SizeOf(int index)
    {
        _images[index].ThrowIfEmpty();
        return (_images[index].Width, _images[index].Height);
    }

    public bool AreOnGpu => true;

    public ImageView ViewAt(int index) => default;

    public ImageMemory MemoryAt(int index) => default;

    public GpuImage GpuAt(int index) => _images[index];

    public void KeepAlive()
    {
    }
}
