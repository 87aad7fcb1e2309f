namespace TrtBindings.Vision.Engines;

/// <summary>What an engine wants of its model's input, and what its caller chose.</summary>
/// <param name="Family">The family in words, for messages: <c>YOLO-seg</c>.</param>
/// <param name="Options">Name of the options type, for messages.</param>
internal sealed record ImageInputRequest(string Family, string Options)
{
    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>Width for a model that leaves it open; <see langword="null"/> if the caller did not choose.</summary>
    public int? Width { get; init; }

    /// <summary>Height; otherwise as <see cref="Width"/>.</summary>
    public int? Height { get; init; }

    /// <summary>Width where neither the model nor the caller says one.</summary>
    public int DefaultWidth { get; init; } = 640;

    /// <summary>Height; otherwise as <see cref="DefaultWidth"/>.</summary>
    public int DefaultHeight { get; init; } = 640;

    /// <summary>Whether one channel, of brightness, will do as well as three.</summary>
    public bool TakesGray { get; init; }

    /// <summary>Whether an input of one image without a batch dimension will do as well.</summary>
    public bool TakesSingle { get; init; }

    /// <summary>Whether the channels are the last dimension: [batch, height, width, channels].</summary>
    public bool IsChannelsLast { get; init; }
}
